import { type Address, idOf, referenceOf } from './address.ts';
import { errorView } from './failure.ts';
import { Listing } from './listing.ts';
import { Listings } from './listings.ts';
import { type ExplorerNode, NAMELESS, type NodeFactory } from './node.ts';
import type { ExplorerSource, LocalEntry } from './source.ts';
import type { Texts } from './texts.ts';
import { newestFirst } from './versionOrder.ts';

export type LocalAddress = Extract<Address, { type: 'store' | 'storeRepository' | 'storeKit' }>;
type StoreKit = Extract<Address, { type: 'storeKit' }>;

export interface BranchTools {
  readonly source: ExplorerSource;
  readonly texts: Texts;
  readonly nodes: NodeFactory;
}

/** The local store: one listing of all kits, and the layers of those that were opened. */
export class LocalBranch {
  readonly #tools: BranchTools;
  readonly #layers = new Listings<StoreKit, ExplorerNode>();
  #kits: Listing<LocalEntry>;

  constructor(tools: BranchTools) {
    this.#tools = tools;
    this.#kits = this.#newKits();
  }

  get entries(): readonly LocalEntry[] {
    return this.#kits.items;
  }

  get failure(): unknown {
    return this.#kits.failure?.error;
  }

  /** Reads the list of kits unless that was done. */
  async load(signal?: AbortSignal): Promise<void> {
    await this.#kits.first(signal);
  }

  async children(address: LocalAddress, signal?: AbortSignal): Promise<readonly ExplorerNode[]> {
    await this.load(signal);
    const { nodes, texts } = this.#tools;
    if (this.#kits.failure) return [nodes.error(undefined, idOf(address), errorView(this.failure, texts))];
    switch (address.type) {
      case 'store':
        return this.#repositories();
      case 'storeRepository':
        return this.#kitsOf(address.repository);
      case 'storeKit':
        return this.#layersOf(address, signal);
    }
  }

  /** The node as far as the list of kits is read; undefined for one that is not in it. */
  node(address: LocalAddress): ExplorerNode | undefined {
    if (address.type === 'store') return undefined;
    const among = address.type === 'storeKit' ? this.#kitsOf(address.repository) : this.#repositories();
    const id = idOf(address);
    return among.find((node) => node.id === id);
  }

  /** Forgets what failed. */
  retry(): void {
    if (this.#kits.failure) this.forget();
    else this.#layers.forget((_address, listing) => listing.failure !== undefined);
  }

  forget(): void {
    this.#kits.cancel();
    this.#kits = this.#newKits();
    this.#layers.forget(() => true);
  }

  #newKits(): Listing<LocalEntry> {
    return new Listing(async (_after, signal) => ({ items: await this.#tools.source.localKits(signal) }));
  }

  #repositories(): readonly ExplorerNode[] {
    return [...Map.groupBy(this.entries, ({ repository }) => repository)]
      .sort(([a], [b]) => byName(a, b))
      .map(([repository, entries]) => this.#tools.nodes.storeRepository(repository, entries));
  }

  /** One node per tag, as a tag is what commands work on; a kit without tags is one by its digest. */
  #kitsOf(repository: string): readonly ExplorerNode[] {
    const { nodes } = this.#tools;
    const entries = this.entries.filter((entry) => entry.repository === repository);
    const tagged = entries.flatMap((entry) => entry.tags.map((tag) => ({ entry, tag })));
    const untagged = entries.filter(({ tags }) => tags.length === 0);
    return [
      ...newestFirst(tagged, ({ tag }) => tag).map(({ entry, tag }) => nodes.storeKit(entry, tag)),
      ...untagged.map((entry) => nodes.storeKit(entry, undefined)),
    ];
  }

  async #layersOf(address: StoreKit, signal?: AbortSignal): Promise<readonly ExplorerNode[]> {
    const kit = this.node(address);
    if (!kit) return [];
    const { source, nodes, texts } = this.#tools;
    const listing = this.#layers.open(
      address,
      () =>
        new Listing(async (_after, running) => {
          const layers = await source.layers(referenceOf(address), 'local', running);
          return { items: layers.map((layer, index) => nodes.layer(kit, layer, index)) };
        }),
    );
    await listing.first(signal);
    return listing.failure ? [nodes.error(kit, kit.id, errorView(listing.failure.error, texts))] : listing.items;
  }
}

/** What has no name comes last. */
function byName(a: string, b: string): number {
  if (a === NAMELESS || b === NAMELESS) return a === NAMELESS ? 1 : -1;
  return a < b ? -1 : 1;
}
