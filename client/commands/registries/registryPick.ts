import * as vscode from 'vscode';
import { isEngineError, normalHost } from '#engine';
import { asNode } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { errorText } from '../../ui/errorText.ts';
import type { Asker } from '../../ui/wizard.ts';
import { wizard } from '../../ui/wizard.ts';

/** The registry that was clicked, else one of those that were added. */
export async function chooseRegistry(services: Services, title: string, target: unknown): Promise<string> {
  const clicked = asNode(target)?.registry;
  if (clicked !== undefined) return clicked;
  const items = services.registries.all().map(({ host }) => ({ label: host, value: host }));
  const { host } = await wizard(title, { host: '' }, [
    async (_none, ask) => ({ host: await ask.pick({ placeholder: vscode.l10n.t('Which registry?'), items }) }),
  ]);
  return host;
}

/** Asks for the name of a registry by hand. */
export async function askHost(ask: Asker, value = ''): Promise<string> {
  const text = await ask.text({
    prompt: vscode.l10n.t('Host of the registry, with port where it is not the usual one'),
    placeholder: 'ghcr.io',
    value,
    validate: hostComplaint,
  });
  return normalHost(text);
}

function hostComplaint(text: string): string | undefined {
  try {
    normalHost(text);
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return errorText(error, vscode.l10n, vscode.env.language);
    throw error;
  }
}
