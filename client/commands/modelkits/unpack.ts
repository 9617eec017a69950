import * as vscode from 'vscode';
import { asNode, type CommandTarget, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { wizard } from '../../ui/wizard.ts';
import { pickLocal, referenceComplaint } from './references.ts';
import { unpackKit } from './unpackKit.ts';

/** Makes files of a ModelKit: from the local store, or straight from a registry. */
export async function unpack(services: Services, target?: CommandTarget): Promise<void> {
  const own = referenceOf(asNode(target));
  await unpackKit(services, own ?? (await askReference(services)));
}

async function askReference(services: Services): Promise<string> {
  const { reference } = await wizard(vscode.l10n.t('Unpack ModelKit'), { local: true, reference: '' }, [
    async (answers, ask) => ({
      ...answers,
      local: await ask.pick({
        placeholder: vscode.l10n.t('Where is the ModelKit?'),
        items: [
          { label: vscode.l10n.t('In the local store'), value: true, picked: true },
          { label: vscode.l10n.t('In a registry, by its reference'), value: false },
        ],
      }),
    }),
    async (answers, ask) => ({
      ...answers,
      reference: answers.local
        ? await pickLocal(services, ask, vscode.l10n.t('Which ModelKit?'))
        : await ask.text({
            prompt: vscode.l10n.t('Which ModelKit: registry, repository and tag'),
            placeholder: 'registry.example.com/team/model:1.0.0',
            validate: referenceComplaint,
          }),
    }),
  ]);
  return reference.trim();
}
