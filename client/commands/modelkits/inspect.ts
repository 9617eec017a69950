import * as vscode from 'vscode';
import { asNode, type CommandTarget, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { wizard } from '../../ui/wizard.ts';
import { pickLocal } from './references.ts';

/** Shows manifest and Kitfile of a ModelKit as a JSON document, as `kit inspect` prints them. */
export async function inspect(services: Services, target?: CommandTarget): Promise<void> {
  const node = asNode(target);
  const reference = referenceOf(node) ?? (await askReference(services));
  const remote = node?.where === 'registry';
  const result = await services.engine.inspect({ reference, ...(remote ? { remote } : {}) });
  const { digest, cliVersion, manifestJson, kitfileJson } = result;
  const value = { digest, cliVersion, kitfile: JSON.parse(kitfileJson), manifest: JSON.parse(manifestJson) };
  const content = `${JSON.stringify(value, undefined, 2)}\n`;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
}

async function askReference(services: Services): Promise<string> {
  const { reference } = await wizard(vscode.l10n.t('Inspect ModelKit'), { reference: '' }, [
    async (_none, ask) => ({ reference: await pickLocal(services, ask, vscode.l10n.t('Which ModelKit?')) }),
  ]);
  return reference;
}
