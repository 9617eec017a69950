import type * as vscode from 'vscode';
import { isLocalOnly, parseReference, repositoryName } from '#engine';

const PREFIX = 'lastPrefix';
const repositoryKey = (kitfile: vscode.Uri): string => `lastRepository:${kitfile.toString()}`;

/** What was used last, for the defaults of the next question. */
export function lastUsed(
  memory: vscode.Memento,
  kitfile: vscode.Uri,
): { lastRepository?: string; lastPrefix?: string } {
  const lastRepository = memory.get<string>(repositoryKey(kitfile));
  const lastPrefix = memory.get<string>(PREFIX);
  return {
    ...(lastRepository === undefined ? {} : { lastRepository }),
    ...(lastPrefix === undefined ? {} : { lastPrefix }),
  };
}

/** Remembers a reference that worked: its repository for this Kitfile, what comes before its name for all others. */
export async function remember(memory: vscode.Memento, reference: string, kitfile?: vscode.Uri): Promise<void> {
  const parsed = parseReference(reference);
  const repository = isLocalOnly(parsed) ? parsed.repository : repositoryName(parsed);
  if (kitfile) await memory.update(repositoryKey(kitfile), repository);
  if (!isLocalOnly(parsed)) await memory.update(PREFIX, repository.slice(0, repository.lastIndexOf('/')));
}
