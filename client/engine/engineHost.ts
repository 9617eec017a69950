import type { CredentialStore } from '#engine';
import { type EngineClient, engineClient } from './engineClient.ts';
import { EngineProcess } from './engineProcess.ts';
import type { WorkerSettings } from './protocol.ts';

export interface EngineHostOptions {
  readonly workerFile: string | URL;
  /** Read anew for each worker. */
  readonly settings: () => WorkerSettings;
  readonly credentials: CredentialStore;
  readonly onLost: (reason: string) => void;
}

/** Keeps one engine worker running: started by the first request, and again after it died or its settings changed. */
export class EngineHost {
  readonly client: EngineClient = engineClient((method, params, call) => this.#process().request(method, params, call));
  readonly #options: EngineHostOptions;
  #current: EngineProcess | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  /** The next request gets a worker with the new settings; work at hand ends with the old ones. */
  async settingsChanged(): Promise<void> {
    const old = this.#current;
    this.#current = undefined;
    await old?.retire();
  }

  async dispose(): Promise<void> {
    await this.#current?.end();
  }

  #process(): EngineProcess {
    if (!this.#current?.usable)
      this.#current = new EngineProcess({ ...this.#options, settings: this.#options.settings() });
    return this.#current;
  }
}
