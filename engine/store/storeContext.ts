import { fromSystemError, type WarningCode } from '../errors.ts';
import { BlobFiles } from './blobFiles.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { Layout } from './layout.ts';
import type { StoreHooks, StoreOptions } from './storeHooks.ts';

/** What all parts of one open store share. */
export class StoreContext {
  readonly disk: Disk;
  readonly layout: Layout;
  readonly blobs: BlobFiles;
  readonly #hooks: StoreHooks;
  readonly #turns: Turns;

  constructor(home: string, { disk = nodeDisk, ...hooks }: StoreOptions = {}, turns = new Turns()) {
    this.disk = disk;
    this.layout = new Layout(home);
    this.blobs = new BlobFiles(disk, this.layout);
    this.#hooks = hooks;
    this.#turns = turns;
  }

  /** The same store, telling somebody else what happens. */
  withHooks(hooks: StoreHooks): StoreContext {
    return new StoreContext(this.layout.home, { disk: this.disk, ...this.#hooks, ...hooks }, this.#turns);
  }

  waiting(message: string): void {
    this.#hooks.onWaiting?.(message);
  }

  warn(code: WarningCode, message: string): void {
    this.#hooks.onWarning?.(code, message);
  }

  /** The outcome of a file operation, with a failure in words. */
  async storing<T>(operation: Promise<T>): Promise<T> {
    try {
      return await operation;
    } catch (error) {
      throw fromSystemError(error, `store a blob in ${this.layout.storage}`);
    }
  }

  /** One after the other within this process, so that they do not all ask for the lock file again and again. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.add(work);
  }
}

class Turns {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
