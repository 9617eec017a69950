import * as vscode from 'vscode';
import { isEngineError, parseReference } from '#engine';
import type { CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { errorText } from '../../ui/errorText.ts';
import { wizard } from '../../ui/wizard.ts';
import { chooseRegistry } from './registryPick.ts';

/** Adds a repository by name, for registries that do not list theirs. */
export async function addRepository(services: Services, target?: CommandTarget): Promise<void> {
  const title = vscode.l10n.t('Add Repository by Name');
  const host = await chooseRegistry(services, title, target);
  const { name } = await wizard(title, { name: '' }, [
    async (_none, ask) => ({
      name: await ask.text({
        prompt: vscode.l10n.t('Name of the repository in {0}', host),
        placeholder: 'team/model',
        validate: (text) => nameComplaint(host, text),
      }),
    }),
  ]);
  const entry = services.registries.all().find((known) => known.host === host) ?? { host };
  const { repository } = parseReference(`${host}/${name.trim()}`);
  const repositories = [...new Set([...(entry.repositories ?? []), repository])].sort();
  await services.registries.save({ ...entry, repositories });
}

function nameComplaint(host: string, text: string): string | undefined {
  try {
    parseReference(`${host}/${text.trim()}`);
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return errorText(error, vscode.l10n, vscode.env.language);
    throw error;
  }
}
