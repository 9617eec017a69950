import type * as vscode from 'vscode';
import { type EngineError, isEngineError } from '#engine';
import type { EngineCall } from '../engine/engineClient.ts';
import { fromWire } from '../engine/wire.ts';
import type { Services } from '../services.ts';
import { withProgress } from './withProgress.ts';

/** What the way out of an error needs to know. */
export interface ErrorContext {
  readonly kitfile?: vscode.Uri;
  /** Registry that the job was about. */
  readonly host?: string;
  /** Tries the work again without asking the questions again. */
  readonly retry?: () => Promise<void>;
  /** Tries an unpack again over what is in the way. */
  readonly overwrite?: () => Promise<void>;
}

/** A failure together with what its way out needs. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly error: EngineError;
  readonly context: ErrorContext;

  constructor(error: EngineError, context: ErrorContext) {
    super(error.message, { cause: error });
    this.error = error;
    this.context = context;
  }
}

export interface Job<Result> extends Omit<ErrorContext, 'retry'> {
  readonly title: string;
  readonly work: (call: EngineCall) => Promise<Result>;
  /** What the result leads on to. */
  readonly done: (result: Result) => Promise<void> | void;
}

/** Does what was asked for, with progress; a failure can be tried again without the questions. */
export async function runJob<Result>(services: Services, job: Job<Result>): Promise<void> {
  const { title, work, done, ...context } = job;
  try {
    await done(await withProgress(services.log, title, work));
  } catch (error) {
    if (error instanceof JobError) throw error;
    const failure = isEngineError(error) ? error : fromWire(error);
    throw new JobError(failure, { ...context, retry: () => runJob(services, job) });
  }
}
