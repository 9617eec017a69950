import { type OnWaiting, pause } from './retry.ts';

/** After a 429 every request to that host waits, not only the one that got it (bad-inputs C12). */
export class HostGate {
  #until = 0;

  /** @param ms from now on */
  close(ms: number): void {
    this.#until = Math.max(this.#until, performance.now() + ms);
  }

  /** @throws EngineError CANCELLED */
  async pass(signal: AbortSignal | undefined, onWaiting: OnWaiting | undefined): Promise<void> {
    const ms = this.#until - performance.now();
    if (ms <= 0) return;
    onWaiting?.(`The registry limits the rate of requests: waiting ${Math.ceil(ms / 1000)} s.`);
    await pause(ms, signal);
  }
}
