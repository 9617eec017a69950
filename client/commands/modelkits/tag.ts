import * as vscode from 'vscode';
import { type CommandTarget, nodesOf, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { wizard } from '../../ui/wizard.ts';
import { pickLocal, referenceComplaint } from './references.ts';

/** Gives a ModelKit of the local store a further name. */
export async function tag(services: Services, target?: CommandTarget): Promise<void> {
  const [node] = nodesOf(target ?? (await services.explorer.focused()), undefined);
  const known = referenceOf(node);
  const title = vscode.l10n.t('Tag ModelKit');
  const { source } =
    known === undefined
      ? await wizard(title, { source: '' }, [
          async (_none, ask) => ({ source: await pickLocal(services, ask, vscode.l10n.t('Which ModelKit?')) }),
        ])
      : { source: known };
  const { destination } = await wizard(title, { destination: '' }, [
    async (_none, ask) => ({
      destination: await ask.text({
        prompt: vscode.l10n.t('New name and tag of {0}', source),
        value: source.replace(/@.*$/, ':latest'),
        validate: referenceComplaint,
      }),
    }),
  ]);
  const { to } = await services.engine.tag({ source, destination: destination.trim() });
  services.explorer.refresh('local');
  vscode.window.setStatusBarMessage(vscode.l10n.t('Tagged {0}', to), 5000);
}
