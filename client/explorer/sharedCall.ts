/** Rejection of a caller that gave up; the shape of the engine's own, without loading the engine. */
export class GaveUp extends Error {
  override readonly name = 'AbortError';
  readonly code = 'CANCELLED';
}

/**
 * One request that several callers wait for: the two trees and the page ask for the same children.
 * Who gives up leaves the others waiting; when nobody is left, the request is cancelled.
 */
export class SharedCall<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  constructor(run: (signal: AbortSignal) => Promise<T>) {
    this.#result = run(this.#controller.signal);
    // Don't wait: every caller hears of a failure by join(), and there may be none left.
    this.#result.catch(() => undefined);
  }

  get cancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  cancel(): void {
    this.#controller.abort(new GaveUp());
  }

  /** @throws GaveUp when `signal` aborts or the request is cancelled */
  async join(signal?: AbortSignal): Promise<T> {
    this.#waiting++;
    const { promise, reject } = Promise.withResolvers<never>();
    const giveUp = (): void => reject(new GaveUp());
    const signals = [signal, this.#controller.signal].filter((one) => one !== undefined);
    for (const one of signals) {
      if (one.aborted) giveUp();
      one.addEventListener('abort', giveUp);
    }
    try {
      return await Promise.race([this.#result, promise]);
    } finally {
      for (const one of signals) one.removeEventListener('abort', giveUp);
      this.#waiting--;
      if (this.#waiting === 0 && signal?.aborted) this.cancel();
    }
  }
}
