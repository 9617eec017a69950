import * as vscode from 'vscode';
import { parseReference } from '#engine';
import { fullReference } from '../../kitfile/fullReference.ts';
import { asNode, type CommandTarget, type NodeTarget, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { byteText } from '../../ui/byteText.ts';
import { runJob } from '../../ui/job.ts';
import { offer } from '../../ui/offer.ts';
import { wizard } from '../../ui/wizard.ts';
import { remember } from './lastUsed.ts';
import { remoteReferenceComplaint } from './references.ts';
import { unpackKit } from './unpackKit.ts';

/** Downloads a ModelKit from a registry into the local store. */
export async function pull(services: Services, target?: CommandTarget): Promise<void> {
  const node = asNode(target);
  const reference = referenceOf(node) ?? (await askReference(services, node));
  await runJob(services, {
    title: vscode.l10n.t('Pulling {0}', reference),
    host: parseReference(reference).registry,
    work: (call) => services.engine.pull({ reference }, call),
    async done(result) {
      services.explorer.refresh('local');
      await remember(services.memory, reference);
      offer(
        services,
        vscode.l10n.t('Pulled {0}: {1} received.', result.reference, byteText(result.bytes)),
        { title: vscode.l10n.t('Unpack'), run: () => unpackKit(services, reference) },
        {
          title: vscode.l10n.t('Show'),
          run: () =>
            services.explorer.open({
              kind: 'storeKit',
              where: 'local',
              reference: fullReference(reference),
              digest: result.digest,
            }),
        },
      );
    },
  });
}

async function askReference(services: Services, node: NodeTarget | undefined): Promise<string> {
  const prefix = services.memory.get<string>('lastPrefix') ?? services.registries.all()[0]?.host;
  const { reference } = await wizard(vscode.l10n.t('Pull ModelKit'), { reference: '' }, [
    async (_none, ask) => ({
      reference: await ask.text({
        prompt: vscode.l10n.t('Which ModelKit: registry, repository and tag'),
        placeholder: 'registry.example.com/team/model:1.0.0',
        value: node?.repository ?? (prefix === undefined ? '' : `${prefix}/`),
        validate: remoteReferenceComplaint,
      }),
    }),
  ]);
  return reference.trim();
}
