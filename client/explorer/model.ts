import type { ModelKitView } from '#shared/explorer';
import { type Address, idOf, parseId, referenceOf } from './address.ts';
import { modelKitView } from './details.ts';
import { ExplorerError } from './failure.ts';
import { type Format, formatFor } from './format.ts';
import { LocalBranch } from './localBranch.ts';
import { type ExplorerNode, NodeFactory } from './node.ts';
import { RegistryBranch } from './registryBranch.ts';
import { ExplorerSearch, type SearchResult } from './search.ts';
import type { ExplorerSource } from './source.ts';
import type { Texts } from './texts.ts';

export const STORE_ID = idOf({ type: 'store' });
export const REGISTRIES_ID = idOf({ type: 'registries' });

/** Hears which part of the tree must be asked for again: what is below this id, without an id all of it. */
export type ModelListener = (id: string | undefined) => void;

/**
 * The tree of store and registries, read on demand: one request per expansion, none before it, none twice.
 * Two trees and the page share it, so what one has loaded is there for all.
 */
export class ExplorerModel {
  readonly texts: Texts;
  readonly #source: ExplorerSource;
  readonly #format: Format;
  readonly #local: LocalBranch;
  readonly #remote: RegistryBranch;
  readonly #search: ExplorerSearch;
  readonly #listeners = new Set<ModelListener>();
  readonly #stopListening: () => void;

  constructor(source: ExplorerSource, texts: Texts) {
    this.texts = texts;
    this.#source = source;
    this.#format = formatFor(texts.language);
    const nodes = new NodeFactory(texts, this.#format);
    this.#local = new LocalBranch({ source, texts, nodes });
    this.#remote = new RegistryBranch({ source, texts, nodes });
    this.#search = new ExplorerSearch({ source, texts, nodes, format: this.#format });
    this.#stopListening = source.onChange((change) => this.refresh(change === 'store' ? STORE_ID : REGISTRIES_ID));
  }

  /**
   * What is below a node, loaded if it is not yet. A failure is a node among them.
   * @throws ExplorerError INPUT_INVALID for what has no children; GaveUp
   */
  async children(id: string, signal?: AbortSignal): Promise<readonly ExplorerNode[]> {
    const address = this.#address(id);
    if (address.type === 'registries') return this.#remote.roots();
    return 'host' in address ? this.#remote.children(address, signal) : this.#local.children(address, signal);
  }

  /** What is below a node as far as it is known without asking a registry; undefined where it is not. */
  async known(id: string, signal?: AbortSignal): Promise<readonly ExplorerNode[] | undefined> {
    const address = this.#address(id);
    return 'host' in address && !this.#remote.isKnown(address) ? undefined : this.children(id, signal);
  }

  /** Loads the next page below a node, or tries once more what failed there. */
  async more(id: string, signal?: AbortSignal): Promise<readonly ExplorerNode[]> {
    const address = this.#address(id);
    if ('host' in address) await this.#remote.more(address, signal);
    else this.#local.retry();
    this.#tell(id);
    return this.children(id, signal);
  }

  /** Forgets what is loaded below a node, without an id everything. Nothing is loaded by this. */
  refresh(id?: string): void {
    const address = id === undefined ? undefined : parseId(id);
    this.#search.forget();
    if (!address) this.#remote.forget();
    else if (address.type === 'registries') this.#remote.forgetOutdated();
    else if ('host' in address) this.#remote.forget(address);
    if (!address || address.type.startsWith('store')) this.#local.forget();
    this.#tell(address?.type.startsWith('store') ? STORE_ID : id);
  }

  /** Forgets what is loaded of the registries, and nothing of the local store. */
  refreshRegistries(): void {
    this.#search.forget();
    this.#remote.forget();
    this.#tell(REGISTRIES_ID);
  }

  /** The node of an id; undefined for what is not, or no longer, there as far as we know. Loads nothing. */
  node(id: string): ExplorerNode | undefined {
    const address = parseId(id);
    if (!address || address.type === 'registries') return undefined;
    if (!('host' in address)) return this.#local.node(address);
    return this.#remote.allows(address) ? this.#remote.node(address) : undefined;
  }

  /** @throws ExplorerError INPUT_INVALID, REFERENCE_NOT_FOUND; and whatever the source throws */
  async details(id: string, signal: AbortSignal): Promise<ModelKitView> {
    const address = this.#address(id);
    if (address.type !== 'storeKit' && address.type !== 'registryKit')
      throw new ExplorerError('INPUT_INVALID', this.texts.notAKit);
    if (address.type === 'storeKit') await this.#local.load(signal);
    const node = this.node(id);
    if (!node) throw this.#local.failure ?? new ExplorerError('REFERENCE_NOT_FOUND', this.texts.gone);
    const content = await this.#source.inspect(referenceOf(address), node.where, signal);
    return modelKitView(node, content, this.texts, this.#format);
  }

  /** Looks for names; see ExplorerSearch. */
  async search(text: string, signal: AbortSignal, onFound: (result: SearchResult) => void): Promise<SearchResult> {
    await this.#local.load(signal);
    const loaded = { entries: this.#local.entries, tags: this.#remote.loadedTags() };
    return this.#search.run(text, loaded, signal, onFound);
  }

  /** Returns a function that stops listening. */
  onDidChange(listener: ModelListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#stopListening();
    this.#listeners.clear();
    this.#search.forget();
    this.#local.forget();
    this.#remote.forget();
  }

  #tell(id: string | undefined): void {
    for (const listener of this.#listeners) listener(id);
  }

  #address(id: string): Address {
    const address = parseId(id);
    if (address && (!('host' in address) || this.#remote.allows(address))) return address;
    throw new ExplorerError('INPUT_INVALID', this.texts.notInExplorer);
  }
}
