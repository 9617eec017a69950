import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../errors.ts';

/** How long work goes on before the event loop gets a turn, in milliseconds. */
const SLICE_MS = 10;

/**
 * Small files are read and written by blocking calls, which are several times faster than awaited ones. In between,
 * the event loop gets its turn, and a cancelled call ends.
 */
export class Breather {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @throws EngineError CANCELLED */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await setImmediate();
    throwIfCancelled(this.#signal);
    this.#since = performance.now();
  }
}
