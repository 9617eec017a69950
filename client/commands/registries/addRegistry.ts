import * as vscode from 'vscode';
import { normalHost, type ProbeStep } from '#engine';
import type { NodeTarget } from '../../nodeTarget.ts';
import { type ProbeChoice, probeChoices } from '../../registries/probeChoices.ts';
import { choiceText, stepRow } from '../../registries/probeTexts.ts';
import type { RegistryEntry } from '../../registries/registryList.ts';
import type { Services } from '../../services.ts';
import { offer } from '../../ui/offer.ts';
import { type PickItem, wizard } from '../../ui/wizard.ts';
import { logInTo } from './logIn.ts';
import { askHost } from './registryPick.ts';

/** Adds a registry, and tests it at once: what goes wrong is shown step by step, with what to change. */
export async function addRegistry(services: Services, host?: string): Promise<void> {
  const entry = typeof host === 'string' ? { host: normalHost(host) } : { host: await askNewHost() };
  await tryOut(services, entry);
}

async function askNewHost(): Promise<string> {
  const { host } = await wizard(vscode.l10n.t('Add Registry'), { host: '' }, [
    async (_none, ask) => ({ host: await askHost(ask) }),
  ]);
  return host;
}

/** Escape ends the test as well. */
async function tryOut(services: Services, entry: RegistryEntry): Promise<void> {
  const cancelling = new vscode.CancellationTokenSource();
  try {
    const steps = probe(services, entry, cancelling.token);
    const choice = await ask(entry, steps);
    const isListed = (await steps).some(({ step, ok }) => step === 'catalog' && ok);
    await carryOn(services, entry, isListed, choice);
  } finally {
    cancelling.cancel();
    cancelling.dispose();
  }
}

async function probe(
  services: Services,
  { host, plainHttp = false }: RegistryEntry,
  token: vscode.CancellationToken,
): Promise<readonly ProbeStep[]> {
  const steps = await services.engine.probe({ host, plainHttp }, { token });
  for (const { step, ok, message } of steps) services.log.info(`${host}: ${step}: ${ok ? 'ok' : 'failed'}: ${message}`);
  return steps;
}

/** Shows the steps with their outcome as soon as it is known, and below them what can be done; the best is chosen at first. */
async function ask(entry: RegistryEntry, steps: Promise<readonly ProbeStep[]>): Promise<ProbeChoice> {
  const start: { readonly choice?: ProbeChoice | undefined } = {};
  const { choice } = await wizard(vscode.l10n.t('Add Registry {0}', entry.host), start, [
    async (_none, asker) => ({
      choice: await asker.pick({
        placeholder: vscode.l10n.t('The registry is tested; then choose what to do'),
        items: steps.then((found) => rows(found, entry.plainHttp ?? false)),
      }),
    }),
  ]);
  return choice ?? (await ask(entry, steps));
}

function rows(steps: readonly ProbeStep[], plainHttp: boolean): readonly PickItem<ProbeChoice | undefined>[] {
  const found = steps.map((step) => ({ ...stepRow(step, vscode.l10n, vscode.env.language), value: undefined }));
  const choices = probeChoices(steps, plainHttp).map((choice, at) => ({
    label: choiceText(choice, vscode.l10n),
    value: choice,
    picked: at === 0,
  }));
  return [...found, { label: '', kind: vscode.QuickPickItemKind.Separator, value: undefined }, ...choices];
}

async function carryOn(
  services: Services,
  entry: RegistryEntry,
  isListed: boolean,
  choice: ProbeChoice,
): Promise<void> {
  switch (choice) {
    case 'add':
    case 'addAnyway':
      return await save(services, entry, isListed);
    case 'logIn':
      // The entry goes first: it says how the registry is spoken to.
      await services.registries.save(entry);
      await logInTo(services, entry.host);
      return await tryOut(services, entry);
    case 'plainHttp':
      return await tryOut(services, { ...entry, plainHttp: true });
    case 'https':
      return await tryOut(services, { host: entry.host });
    case 'retry':
      return await tryOut(services, entry);
    case 'certificates':
      return await vscode.commands.executeCommand('workbench.action.openSettings', 'modelkit.caFiles');
    case 'proxy':
      return await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
  }
}

/** Shows the new registry in its tree; one that does not list its repositories needs their names. */
async function save(services: Services, entry: RegistryEntry, isListed: boolean): Promise<void> {
  const { host } = entry;
  const target: NodeTarget = { kind: 'registry', where: 'registry', registry: host };
  const old = services.registries.all().find((known) => known.host === host);
  const repositories = old?.repositories ? { repositories: old.repositories } : {};
  await services.registries.save({ ...entry, ...repositories });
  await services.explorer.reveal(target);
  if (isListed) vscode.window.setStatusBarMessage(vscode.l10n.t('Added {0}.', host), 5000);
  else
    offer(services, vscode.l10n.t('Added {0}, which does not list its repositories.', host), {
      title: vscode.l10n.t('Add Repository by Name'),
      run: () => vscode.commands.executeCommand('modelkit.addRepository', target),
    });
}
