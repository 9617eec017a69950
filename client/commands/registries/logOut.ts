import * as vscode from 'vscode';
import type { CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { offer } from '../../ui/offer.ts';
import { chooseRegistry } from './registryPick.ts';

/** Forgets the login of a registry. */
export async function logOut(services: Services, target?: CommandTarget): Promise<void> {
  const host = await chooseRegistry(services, vscode.l10n.t('Log Out of a Registry'), target);
  const { removed } = await services.engine.logout({ host });
  services.explorer.refresh('registry');
  offer(
    services,
    removed ? vscode.l10n.t('Logged out of {0}.', host) : vscode.l10n.t('There was no login for {0}.', host),
  );
}
