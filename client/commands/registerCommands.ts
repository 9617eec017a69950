import * as vscode from 'vscode';
import { EngineError } from '#engine';
import { type CommandId, NEEDS_TRUST } from '../contributions.ts';
import type { Services } from '../services.ts';
import { guarded } from '../ui/showError.ts';
import { COMMANDS } from './commands.ts';

/** Registers the table: each command with its log lines, its errors shown, and waiting for trust where it must. */
export function registerCommands(services: Services): vscode.Disposable {
  const ids = Object.keys(COMMANDS) as CommandId[];
  return vscode.Disposable.from(...ids.map((id) => register(services, id)));
}

function register(services: Services, id: CommandId): vscode.Disposable {
  const command = COMMANDS[id] as (services: Services, ...args: unknown[]) => Promise<void>;
  return vscode.commands.registerCommand(id, (...args: unknown[]) =>
    guarded(services, id, async () => {
      if (NEEDS_TRUST.includes(id) && !vscode.workspace.isTrusted) throw untrusted();
      await command(services, ...args);
    }),
  );
}

function untrusted(): EngineError {
  return new EngineError('WORKSPACE_UNTRUSTED', 'This waits until you trust the workspace.', {
    advice: 'Trust it if you know where it comes from.',
  });
}
