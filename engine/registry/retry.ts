import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, isEngineError } from '../errors.ts';
import type { NetworkLimits } from './limits.ts';

/** Told when a request waits, in one sentence. */
export type OnWaiting = (message: string) => void;

export interface Patience {
  readonly limits: NetworkLimits;
  readonly signal?: AbortSignal;
  readonly onWaiting?: OnWaiting;
}

const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** Answers that may be better the next time (bad-inputs C12, C13). */
export function isTransient(status: number): boolean {
  return TRANSIENT.has(status);
}

/** How many further tries a failure deserves: none for TLS, proxy and what the registry decided. */
export function triesFor(error: unknown, limits: NetworkLimits): number {
  if (!isEngineError(error)) return 0;
  const { reason } = error.facts;
  if (reason === 'dns' || reason === 'refused') return limits.refusedRetries;
  const again = ['NETWORK_UNREACHABLE', 'NETWORK_TIMEOUT', 'REGISTRY_UNAVAILABLE', 'REGISTRY_RATE_LIMITED'];
  return again.includes(error.code) && error.facts.final !== true ? limits.retries : 0;
}

/** Milliseconds before try `attempt` (1 is the first repetition): doubling, with full jitter. */
export function backoff(attempt: number, limits: NetworkLimits): number {
  const ceiling = Math.min(limits.retryMaxMs, limits.retryBaseMs * 2 ** attempt);
  return Math.ceil(ceiling * Math.random());
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as a date; undefined when there is none that makes sense. */
export function retryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** @throws EngineError CANCELLED */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    throw new EngineError('CANCELLED', 'Cancelled.', { cause: error });
  });
}

/** Counts tries; progress sets the count back (bad-inputs, "Limits": retries). */
export class Tries {
  readonly #patience: Patience;
  #failed = 0;
  #mark = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** @param bytes how far the transfer has come */
  progressed(bytes: number): void {
    if (bytes - this.#mark < this.#patience.limits.progressBytes) return;
    this.#mark = bytes;
    this.#failed = 0;
  }

  /** Waits before the next try. @throws the error itself when it is final or the tries are used up */
  async next(error: unknown): Promise<void> {
    this.#failed += 1;
    const { limits, signal, onWaiting } = this.#patience;
    if (this.#failed > triesFor(error, limits)) throw error;
    const asked = isEngineError(error) ? error.facts.retryAfterMs : undefined;
    const ms = typeof asked === 'number' ? Math.max(asked, limits.retryBaseMs) : backoff(this.#failed, limits);
    onWaiting?.(`${reasonOf(error)} Trying again in ${seconds(ms)} (${this.#failed} of ${triesFor(error, limits)}).`);
    await pause(ms, signal);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The registry did not answer.';
}

function seconds(ms: number): string {
  return ms < 1000 ? 'a moment' : `${Math.round(ms / 1000)} s`;
}
