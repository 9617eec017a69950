import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import type { Action } from './action.ts';
import { carryOut } from './showError.ts';

/** Says what has been done, and what can be done next. */
export function offer(services: Services, message: string, ...actions: readonly Action[]): void {
  services.log.info(message);
  const titles = actions.map(({ title }) => title);
  // Don't wait: the message stays until the user is done with it, and the command is done already.
  void carryOut(services, vscode.window.showInformationMessage(message, ...titles), actions);
}
