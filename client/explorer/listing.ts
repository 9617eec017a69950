import { isCancelled } from './failure.ts';
import { SharedCall } from './sharedCall.ts';

/** A part of a long list; `next` is absent on the last one. */
export interface ListingPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export type LoadPage<T> = (after: string | undefined, signal: AbortSignal) => Promise<ListingPage<T>>;

/** A list that is read page by page, each on demand: nothing before it is asked for, no page twice. */
export class Listing<T> {
  readonly #load: LoadPage<T>;
  readonly #arrange: (items: readonly T[]) => readonly T[];
  #items: readonly T[] = [];
  #next: string | undefined;
  #started = false;
  #failure: { readonly error: unknown } | undefined;
  #running: SharedCall<void> | undefined;

  /** @param arrange orders what is loaded, each time a page arrives */
  constructor(load: LoadPage<T>, arrange: (items: readonly T[]) => readonly T[] = (items) => items) {
    this.#load = load;
    this.#arrange = arrange;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** True once a page or a failure has arrived. */
  get isKnown(): boolean {
    return this.#started || this.#failure !== undefined;
  }

  get hasMore(): boolean {
    return this.#started && this.#next !== undefined;
  }

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Loads the first page unless it is there. A failure is kept, not thrown. */
  async first(signal?: AbortSignal): Promise<void> {
    if (!this.isKnown) await this.#page(signal);
  }

  /** Loads the next page, or the one that failed once more. */
  async more(signal?: AbortSignal): Promise<void> {
    if (!this.#started || this.#next !== undefined) await this.#page(signal);
  }

  /** Stops what is under way. */
  cancel(): void {
    this.#running?.cancel();
  }

  #page(signal: AbortSignal | undefined): Promise<void> {
    if (!this.#running || this.#running.cancelled) this.#running = new SharedCall((running) => this.#read(running));
    return this.#running.join(signal);
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const page = await this.#load(this.#next, signal);
      if (signal.aborted) return;
      this.#items = this.#arrange([...this.#items, ...page.items]);
      // A registry that names the same page again would have us load for ever.
      this.#next = page.next === this.#next ? undefined : page.next;
      this.#started = true;
      this.#failure = undefined;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) throw error;
      this.#failure = { error };
    } finally {
      if (!signal.aborted) this.#running = undefined;
    }
  }
}
