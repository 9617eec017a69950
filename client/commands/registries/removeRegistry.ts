import * as vscode from 'vscode';
import type { CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { offer } from '../../ui/offer.ts';
import { chooseRegistry } from './registryPick.ts';

/** Takes a registry out of the list; nothing in it changes, and the message can put it back. */
export async function removeRegistry(services: Services, target?: CommandTarget): Promise<void> {
  const host = await chooseRegistry(services, vscode.l10n.t('Remove Registry'), target);
  const entry = services.registries.all().find((known) => known.host === host);
  if (!entry) return;
  await services.registries.remove(host);
  offer(services, vscode.l10n.t('{0} is no longer in the list. Nothing in it has changed.', host), {
    title: vscode.l10n.t('Undo'),
    run: () => services.registries.save(entry),
  });
}
