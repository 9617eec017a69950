import { type Address, isWithin, referenceOf, repositoryOf } from './address.ts';
import { errorView } from './failure.ts';
import { Listing, type ListingPage } from './listing.ts';
import { Listings } from './listings.ts';
import type { BranchTools } from './localBranch.ts';
import type { ExplorerNode } from './node.ts';
import type { ExplorerRegistry } from './source.ts';
import { newestFirst } from './versionOrder.ts';

export type RemoteAddress = Extract<Address, { type: 'registry' | 'repository' | 'registryKit' }>;

/** Entries per request of a registry (bad-inputs F8). */
export const PAGE_SIZE = 200;

/** The registries that the user added, down to layers: each list page by page. */
export class RegistryBranch {
  readonly #tools: BranchTools;
  readonly #listings = new Listings<RemoteAddress, ExplorerNode>();

  constructor(tools: BranchTools) {
    this.#tools = tools;
  }

  /** Ids come back from pages and saved state: only registries that the user added are asked (bad-inputs F3). */
  allows({ host }: RemoteAddress): boolean {
    return this.#entry(host) !== undefined;
  }

  roots(): readonly ExplorerNode[] {
    return this.#tools.source.registries().map((registry) => this.#tools.nodes.registry(registry));
  }

  /** Tags of the repositories that were opened. */
  loadedTags(): readonly ExplorerNode[] {
    return this.#listings.items().filter(({ kind }) => kind === 'registryKit');
  }

  async children(address: RemoteAddress, signal?: AbortSignal): Promise<readonly ExplorerNode[]> {
    const listing = this.#listings.open(address, () => this.#newListing(address));
    await listing.first(signal);
    return this.#shown(address, listing);
  }

  /** True where `children` needs no request. */
  isKnown(address: RemoteAddress): boolean {
    return this.#listings.at(address)?.isKnown ?? false;
  }

  /** Reads the next page, or the one that failed once more. */
  async more(address: RemoteAddress, signal?: AbortSignal): Promise<void> {
    await this.#listings.open(address, () => this.#newListing(address)).more(signal);
  }

  node(address: RemoteAddress): ExplorerNode {
    const { nodes } = this.#tools;
    const { host } = address;
    switch (address.type) {
      case 'registry':
        return nodes.registry(this.#entry(host) ?? { host, repositories: [] });
      case 'repository':
        return nodes.repository(
          host,
          address.repository,
          this.#entry(host)?.repositories.includes(address.repository) ?? false,
        );
      case 'registryKit':
        return nodes.registryKit(host, address.repository, address.name);
    }
  }

  /** Forgets what is loaded below a place, without one everything. */
  forget(place?: RemoteAddress): void {
    this.#listings.forget((address) => !place || isWithin(address, place));
  }

  /** The list of registries has changed: forgets those that went, and what failed and may work now. */
  forgetOutdated(): void {
    this.#listings.forget((address, listing) => !this.allows(address) || listing.failure !== undefined);
  }

  #entry(host: string): ExplorerRegistry | undefined {
    return this.#tools.source.registries().find((registry) => registry.host === host);
  }

  #shown(address: RemoteAddress, listing: Listing<ExplorerNode>): readonly ExplorerNode[] {
    const { nodes, texts } = this.#tools;
    const parent = this.node(address);
    const pinned = address.type === 'registry' ? this.#pinned(address.host) : [];
    const ids = new Set(pinned.map(({ id }) => id));
    const loaded = [...pinned, ...listing.items.filter(({ id }) => !ids.has(id))];
    if (!listing.failure) return listing.hasMore ? [...loaded, nodes.more(parent, loaded.length)] : loaded;
    const error = errorView(listing.failure.error, texts);
    // Nothing to complain of where a registry does not list its repositories and the user named them.
    if (error.code === 'REGISTRY_UNSUPPORTED' && pinned.length > 0) return loaded;
    return [...loaded, nodes.error(parent, parent.id, error)];
  }

  #pinned(host: string): readonly ExplorerNode[] {
    const names = this.#entry(host)?.repositories ?? [];
    return [...names].sort().map((name) => this.#tools.nodes.repository(host, name, true));
  }

  #newListing(address: RemoteAddress): Listing<ExplorerNode> {
    const read = (after: string | undefined, signal: AbortSignal) => this.#page(address, after, signal);
    return address.type === 'repository'
      ? new Listing(read, (tags) => newestFirst(tags, ({ label }) => label))
      : new Listing(read);
  }

  async #page(
    address: RemoteAddress,
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<ListingPage<ExplorerNode>> {
    const { source, nodes } = this.#tools;
    const page = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
    switch (address.type) {
      case 'registry': {
        const { repositories, next } = await source.catalog(address.host, page, signal);
        const items = repositories.map((name) => nodes.repository(address.host, name, false));
        return { items, ...(next === undefined ? {} : { next }) };
      }
      case 'repository': {
        const { tags, next } = await source.tags(repositoryOf(address), page, signal);
        const items = tags.map((tag) => nodes.registryKit(address.host, address.repository, tag));
        return { items, ...(next === undefined ? {} : { next }) };
      }
      case 'registryKit': {
        const layers = await source.layers(referenceOf(address), 'registry', signal);
        const kit = this.node(address);
        return { items: layers.map((layer, index) => nodes.layer(kit, layer, index)) };
      }
    }
  }
}
