import * as vscode from 'vscode';
import { isLocalOnly, type PushResult, parseReference } from '#engine';
import { fullReference } from '../../kitfile/fullReference.ts';
import type { Services } from '../../services.ts';
import { byteText } from '../../ui/byteText.ts';
import { runJob } from '../../ui/job.ts';
import { offer } from '../../ui/offer.ts';
import { wizard } from '../../ui/wizard.ts';
import { remember } from './lastUsed.ts';
import { remoteReferenceComplaint } from './references.ts';

/** Pushes a ModelKit of the local store; asks where to when its own name has no registry. */
export async function pushKit(services: Services, source: string, destination?: string): Promise<void> {
  const to = destination ?? (isLocalOnly(parseReference(source)) ? await askDestination(services, source) : source);
  await runJob(services, {
    title: vscode.l10n.t('Pushing {0}', to),
    host: parseReference(to).registry,
    work: (call) => services.engine.push({ source, destination: to }, call),
    async done(result) {
      services.explorer.refresh('registry');
      await remember(services.memory, to);
      offer(
        services,
        pushedText(result),
        {
          title: vscode.l10n.t('Show'),
          run: () => services.explorer.open({ kind: 'registryKit', where: 'registry', reference: fullReference(to) }),
        },
        { title: vscode.l10n.t('Copy Reference'), run: () => vscode.env.clipboard.writeText(result.reference) },
      );
    },
  });
}

function pushedText({ reference, bytes, skipped, moved }: PushResult): string {
  if (moved === 0) return vscode.l10n.t('{0} is in the registry already.', reference);
  if (skipped === 0) return vscode.l10n.t('Pushed {0}: {1} sent.', reference, byteText(bytes));
  return vscode.l10n.t('Pushed {0}: {1} sent, the rest was there already.', reference, byteText(bytes));
}

async function askDestination(services: Services, source: string): Promise<string> {
  const prefix = services.memory.get<string>('lastPrefix') ?? services.registries.all()[0]?.host ?? '';
  const { repository, tag } = parseReference(source);
  const own = `${repository}:${tag ?? 'latest'}`;
  const { to } = await wizard(vscode.l10n.t('Push ModelKit'), { to: '' }, [
    async (_none, ask) => ({
      to: await ask.text({
        prompt: vscode.l10n.t('Where it goes: registry, repository and tag'),
        placeholder: 'registry.example.com/team/model:1.0.0',
        value: prefix ? `${prefix}/${own}` : own,
        validate: remoteReferenceComplaint,
      }),
    }),
  ]);
  return to.trim();
}
