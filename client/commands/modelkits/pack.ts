import * as vscode from 'vscode';
import { chooseKitfile } from '../../kitfile/chooseKitfile.ts';
import type { CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { byteText } from '../../ui/byteText.ts';
import { offer } from '../../ui/offer.ts';
import { wizard } from '../../ui/wizard.ts';
import { packKitfile, saveKitfile, suggestedReference } from './packKitfile.ts';
import { pushKit } from './pushKit.ts';
import { referenceComplaint } from './references.ts';

/** Makes a ModelKit of a Kitfile's folder in the local store. */
export async function pack(services: Services, target?: CommandTarget): Promise<void> {
  const kitfile = await chooseKitfile(target);
  await saveKitfile(kitfile);
  const value = await suggestedReference(services, kitfile);
  const { reference } = await wizard(vscode.l10n.t('Pack ModelKit'), { reference: value }, [
    async (_none, ask) => ({
      reference: await ask.text({
        prompt: vscode.l10n.t('Name and tag; with a registry in front it can be pushed'),
        placeholder: 'registry.example.com/team/model:1.0.0',
        value,
        validate: referenceComplaint,
      }),
    }),
  ]);
  await packKitfile(services, kitfile, reference.trim(), (result) =>
    offer(
      services,
      vscode.l10n.t('Packed {0}: {1}, {2} layers.', result.reference, byteText(result.size), result.layers.length),
      { title: vscode.l10n.t('Push'), run: () => pushKit(services, reference.trim()) },
      { title: vscode.l10n.t('Copy Reference'), run: () => vscode.env.clipboard.writeText(result.reference) },
    ),
  );
}
