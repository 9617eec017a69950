import * as vscode from 'vscode';
import type { ContextKeys } from '../contributions.ts';

/** Sets a context key that `when` clauses of package.json read. */
export async function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
