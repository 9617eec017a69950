import { Worker } from 'node:worker_threads';
import { type CredentialStore, EngineError } from '#engine';
import { connect, type Rpc } from '#shared/rpc';
import type { EngineCall, EngineRequest } from './engineClient.ts';
import type { HostMethods, WorkerEvents, WorkerMethods, WorkerSettings } from './protocol.ts';
import { fromWire } from './wire.ts';

export interface EngineProcessOptions {
  readonly workerFile: string | URL;
  readonly settings: WorkerSettings;
  readonly credentials: CredentialStore;
  /** Told when the worker ended without being asked to. */
  readonly onLost: (reason: string) => void;
}

const YOUNG_MB = 6;

/** One worker thread with the engine in it, from its start to its end. */
export class EngineProcess {
  readonly #worker: Worker;
  readonly #rpc: Rpc<WorkerMethods, Record<string, never>>;
  readonly #calls = new Map<number, EngineCall>();
  #nextCall = 1;
  #retired = false;
  #lost: EngineError | undefined;

  constructor({ workerFile, settings, credentials, onLost }: EngineProcessOptions) {
    // Without execArgv of its own the thread would take over the inspector's port of the extension host.
    this.#worker = new Worker(workerFile, {
      workerData: settings,
      execArgv: [],
      // What arrives from a socket is freed with V8's young objects: see keepMemorySmall in cli/main.ts.
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#rpc = this.#connect(credentials);
    const lost = (reason: string): void => {
      if (this.#retired || this.#lost) return;
      this.#lost = new EngineError('INTERNAL', 'The ModelKit engine stopped in the middle of its work.', {
        advice: 'Try again: it starts anew, and nothing half-done counts.',
        facts: { reason },
      });
      this.#rpc.dispose();
      onLost(reason);
    };
    this.#worker.on('error', (error: unknown) => lost(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => lost(`exit code ${code}`));
  }

  /** False when the worker has ended, or is about to. */
  get usable(): boolean {
    return !this.#retired && !this.#lost;
  }

  readonly request: EngineRequest = async (method, params, call = {}) => {
    const number = this.#nextCall++;
    const controller = new AbortController();
    const cancelling = call.token?.onCancellationRequested(() => controller.abort());
    if (call.token?.isCancellationRequested) controller.abort();
    this.#calls.set(number, call);
    try {
      return (await this.#rpc.request(method, { call: number, params } as never, controller.signal)) as never;
    } catch (error) {
      throw this.#lost ?? fromWire(error);
    } finally {
      cancelling?.dispose();
      this.#calls.delete(number);
      await this.#endWhenIdle();
    }
  };

  /** Lets the work at hand end, and then the thread. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#endWhenIdle();
  }

  /** Ends it now; what is under way is rejected as cancelled. */
  async end(): Promise<void> {
    this.#retired = true;
    this.#rpc.dispose();
    await this.#worker.terminate();
  }

  async #endWhenIdle(): Promise<void> {
    if (this.#retired && this.#calls.size === 0) await this.end();
  }

  #connect(credentials: CredentialStore): Rpc<WorkerMethods, Record<string, never>> {
    const worker = this.#worker;
    return connect<WorkerMethods, Record<string, never>, HostMethods, WorkerEvents>(
      {
        post: (message) => worker.postMessage(message),
        listen: (receive) => {
          worker.on('message', receive);
          return () => worker.off('message', receive);
        },
      },
      {
        handlers: {
          getCredential: ({ host }) => credentials.get(host),
          setCredential: ({ host, credential }) => credentials.set(host, credential),
          deleteCredential: ({ host }) => credentials.delete(host),
        },
        listeners: {
          events: ({ call, events }) => {
            for (const event of events) this.#calls.get(call)?.onEvent?.(event);
          },
        },
      },
    );
  }
}
