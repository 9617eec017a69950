import type { SearchView } from '#shared/explorer';
import { type Host, isCancelled } from './host.ts';

const PAUSE_MS = 250;

export interface SearchEvents {
  onStart(): void;
  onFound(found: SearchView, isComplete: boolean): void;
  onFailure(error: unknown): void;
  onClear(): void;
}

/** Searches while the user types: after a short pause, and never for a text that is no longer in the field. */
export class Search {
  readonly #host: Host;
  readonly #events: SearchEvents;
  #text = '';
  #timer: number | undefined;
  #running: AbortController | undefined;

  constructor(host: Host, events: SearchEvents) {
    this.#host = host;
    this.#events = events;
  }

  get text(): string {
    return this.#text;
  }

  /** Takes up a text whose results are known: asks nobody. */
  restore(text: string): void {
    this.#text = text;
  }

  set(typed: string): void {
    const text = typed.trim();
    if (text === this.#text) return;
    this.#text = text;
    window.clearTimeout(this.#timer);
    this.#running?.abort();
    if (text === '') this.#events.onClear();
    else this.#timer = window.setTimeout(() => void this.#run(text), PAUSE_MS);
  }

  /** Results on the way to the last page. */
  onPart(text: string, found: SearchView): void {
    if (text === this.#text && this.#running) this.#events.onFound(found, false);
  }

  async #run(text: string): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    this.#events.onStart();
    try {
      const found = await this.#host.request('search', { text }, controller.signal);
      if (this.#running === controller) this.#events.onFound(found, true);
    } catch (error) {
      if (!isCancelled(error) && !controller.signal.aborted) this.#events.onFailure(error);
    } finally {
      if (this.#running === controller) this.#running = undefined;
    }
  }
}
