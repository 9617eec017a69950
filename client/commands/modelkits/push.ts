import * as vscode from 'vscode';
import { asNode, type CommandTarget, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { wizard } from '../../ui/wizard.ts';
import { pushKit } from './pushKit.ts';
import { pickLocal } from './references.ts';

/** Uploads a ModelKit from the local store to a registry. */
export async function push(services: Services, target?: CommandTarget): Promise<void> {
  const own = referenceOf(asNode(target));
  if (own !== undefined) return await pushKit(services, own);
  const { source } = await wizard(vscode.l10n.t('Push ModelKit'), { source: '' }, [
    async (_none, ask) => ({ source: await pickLocal(services, ask, vscode.l10n.t('Which ModelKit?')) }),
  ]);
  await pushKit(services, source);
}
