import * as vscode from 'vscode';
import { chooseKitfile } from '../../kitfile/chooseKitfile.ts';
import { inRegistry, registryOf } from '../../kitfile/inRegistry.ts';
import type { CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { type PickItem, wizard } from '../../ui/wizard.ts';
import { packKitfile, saveKitfile, suggestedReference } from './packKitfile.ts';
import { pushKit } from './pushKit.ts';
import { remoteReferenceComplaint } from './references.ts';

/** Packs and pushes in one go: the registry first, then the name in it. */
export async function packAndPush(services: Services, target?: CommandTarget): Promise<void> {
  const kitfile = await chooseKitfile(target);
  await saveKitfile(kitfile);
  const suggested = await suggestedReference(services, kitfile);
  const start = { registry: '', reference: '' };
  const { reference } = await wizard(vscode.l10n.t('Pack and Push ModelKit'), start, [
    async (answers, ask) => ({
      ...answers,
      registry: await ask.pick({
        placeholder: vscode.l10n.t('Which registry?'),
        items: registryItems(services, suggested),
      }),
    }),
    async (answers, ask) => ({
      ...answers,
      reference: await ask.text({
        prompt: vscode.l10n.t('Where it goes: registry, repository and tag'),
        placeholder: 'registry.example.com/team/model:1.0.0',
        value: inRegistry(suggested, answers.registry),
        validate: remoteReferenceComplaint,
      }),
    }),
  ]);
  const to = reference.trim();
  await packKitfile(services, kitfile, to, () => pushKit(services, to));
}

/** The registries that the user added and the one used last; the last row leaves it open. */
function registryItems(services: Services, suggested: string): readonly PickItem<string>[] {
  const last = registryOf(suggested);
  const hosts = new Set([...(last === undefined ? [] : [last]), ...services.registries.all().map(({ host }) => host)]);
  const known = [...hosts].map((host) => ({ label: host, value: host, picked: host === last }));
  return [...known, { label: vscode.l10n.t('Another registry…'), value: '' }];
}
