import * as vscode from 'vscode';
import { isEngineError, isLocalOnly, parseReference } from '#engine';
import type { Services } from '../../services.ts';
import { byteText } from '../../ui/byteText.ts';
import { errorText } from '../../ui/errorText.ts';
import type { Asker, PickItem } from '../../ui/wizard.ts';

/** Says what is wrong with a reference, as a question wants to know. */
export function referenceComplaint(text: string): string | undefined {
  try {
    parseReference(text.trim());
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return errorText(error, vscode.l10n, vscode.env.language);
    throw error;
  }
}

/** The same for a place in a registry. */
export function remoteReferenceComplaint(text: string): string | undefined {
  const complaint = referenceComplaint(text);
  if (complaint !== undefined) return complaint;
  return isLocalOnly(parseReference(text.trim()))
    ? vscode.l10n.t('Name a registry first: registry.example.com/team/model:1.0.0.')
    : undefined;
}

/** Asks for one of the ModelKits in the local store. */
export async function pickLocal(services: Services, ask: Asker, placeholder: string): Promise<string> {
  return await ask.pick({ placeholder, items: localItems(services) });
}

async function localItems(services: Services): Promise<readonly PickItem<string>[]> {
  const entries = await services.engine.list({});
  return entries.flatMap(({ repository, digest, tags, name, size }) => {
    const description = [name, byteText(size)].filter(Boolean).join(' · ');
    const item = (label: string, value: string) => ({ label, description, detail: digest, value });
    if (tags.length === 0) return [item(repository || digest, repository ? `${repository}@${digest}` : digest)];
    return tags.map((tag) => item(`${repository}:${tag}`, `${repository}:${tag}`));
  });
}
