import { type Address, idOf } from './address.ts';
import type { Listing } from './listing.ts';

/** What is loaded, by the address that it is below. */
export class Listings<A extends Address, T> {
  readonly #open = new Map<string, { readonly address: A; readonly listing: Listing<T> }>();

  /** The listing if there is one. */
  at(address: A): Listing<T> | undefined {
    return this.#open.get(idOf(address))?.listing;
  }

  /** The listing, made where there is none. */
  open(address: A, make: () => Listing<T>): Listing<T> {
    const known = this.at(address);
    if (known) return known;
    const listing = make();
    this.#open.set(idOf(address), { address, listing });
    return listing;
  }

  /** Everything that is loaded. */
  items(): readonly T[] {
    return [...this.#open.values()].flatMap(({ listing }) => listing.items);
  }

  /** Stops and drops what is out of date. */
  forget(isOutdated: (address: A, listing: Listing<T>) => boolean): void {
    for (const [id, { address, listing }] of [...this.#open]) {
      if (!isOutdated(address, listing)) continue;
      listing.cancel();
      this.#open.delete(id);
    }
  }
}
