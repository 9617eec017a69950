import * as vscode from 'vscode';
import type { EngineCall } from '../../engine/engineClient.ts';
import { type CommandTarget, type NodeTarget, nodesOf, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { cancelled } from '../../ui/cancelled.ts';
import { runJob } from '../../ui/job.ts';
import { wizard } from '../../ui/wizard.ts';
import { pickLocal } from './references.ts';

/** Removes ModelKits or tags, from the local store or from a registry, after a question. */
export async function remove(
  services: Services,
  target?: CommandTarget,
  selected?: readonly CommandTarget[],
): Promise<void> {
  const clicked = nodesOf(target, selected);
  const nodes = clicked.length > 0 ? clicked : nodesOf(await services.explorer.focused(), undefined);
  const kits = nodes.length > 0 ? nodes.filter(isKit) : [await pickKit(services)];
  const [first] = kits;
  if (!first) return;
  await confirm(kits);
  await runJob(services, {
    title: kits.length === 1 ? vscode.l10n.t('Removing {0}', nameOf(first)) : vscode.l10n.t('Removing ModelKits'),
    async work(call) {
      for (const kit of kits) await removeOne(services, kit, call);
    },
    done: () => services.explorer.refresh(),
  });
}

function isKit({ kind }: NodeTarget): boolean {
  return kind === 'storeKit' || kind === 'registryKit';
}

async function removeOne(services: Services, kit: NodeTarget, call: EngineCall): Promise<void> {
  const reference = nameOf(kit);
  if (kit.where === 'registry') await services.engine.removeRemote({ reference }, call);
  else await services.engine.remove({ reference }, call);
}

function nameOf(kit: NodeTarget): string {
  return referenceOf(kit) ?? kit.digest ?? '';
}

async function pickKit(services: Services): Promise<NodeTarget> {
  const { reference } = await wizard(vscode.l10n.t('Remove ModelKit'), { reference: '' }, [
    async (_none, ask) => ({ reference: await pickLocal(services, ask, vscode.l10n.t('Which ModelKit?')) }),
  ]);
  return { kind: 'storeKit', where: 'local', reference };
}

async function confirm(kits: readonly NodeTarget[]): Promise<void> {
  const detail = kits.slice(0, 10).map(nameOf).join('\n');
  const question = kits.some(({ where }) => where === 'registry')
    ? vscode.l10n.t(
        'Remove {0} from the registry? Others who use it lose it too.',
        kits.length === 1 ? detail : kits.length,
      )
    : vscode.l10n.t('Remove {0} from the local store?', kits.length === 1 ? detail : kits.length);
  const yes = vscode.l10n.t('Remove');
  const chosen = await vscode.window.showWarningMessage(
    question,
    { modal: true, ...(kits.length > 1 ? { detail } : {}) },
    yes,
  );
  if (chosen !== yes) throw cancelled();
}
