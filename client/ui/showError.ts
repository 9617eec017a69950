import * as vscode from 'vscode';
import { fullText } from '#engine';
import { fromWire } from '../engine/wire.ts';
import type { Services } from '../services.ts';
import type { Action } from './action.ts';
import { errorText } from './errorText.ts';
import { JobError } from './job.ts';
import { waysOut } from './waysOut.ts';

/**
 * The one place where errors of commands and buttons end: a line in the log, and a message with its ways out.
 * @returns false for what failed or was given up
 */
export async function guarded(services: Services, name: string, work: () => PromiseLike<unknown>): Promise<boolean> {
  const start = performance.now();
  services.log.debug(`${name}: begins`);
  try {
    await work();
    services.log.debug(`${name}: done after ${Math.round(performance.now() - start)} ms`);
    return true;
  } catch (error) {
    showError(services, name, error);
    return false;
  }
}

/** Carries out the button that is chosen, if any. */
export async function carryOut(
  services: Services,
  chosen: PromiseLike<string | undefined>,
  actions: readonly Action[],
): Promise<void> {
  const title = await chosen;
  const action = actions.find((candidate) => candidate.title === title);
  if (action) await guarded(services, action.title, () => action.run());
}

/** Cancelled is not an error: it is silent (bad-inputs F5). */
function showError(services: Services, name: string, error: unknown): void {
  const { error: failure, context } = error instanceof JobError ? error : new JobError(fromWire(error), {});
  if (failure.code === 'CANCELLED') {
    services.log.debug(`${name}: cancelled`);
    return;
  }
  const { code, facts } = failure;
  services.log.error(`${name}: ${code}: ${fullText(failure)} ${JSON.stringify(facts)}`);
  const actions = waysOut(services, failure, context);
  const text = errorText(failure, vscode.l10n, vscode.env.language);
  // Don't wait: the message stays until the user is done with it.
  void carryOut(services, vscode.window.showErrorMessage(text, ...actions.map(({ title }) => title)), actions);
}
