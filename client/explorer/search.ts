import { errorView, isCancelled } from './failure.ts';
import type { Format } from './format.ts';
import { Listing } from './listing.ts';
import type { ExplorerNode, NodeFactory } from './node.ts';
import type { ExplorerRegistry, ExplorerSource, LocalEntry } from './source.ts';
import type { Texts } from './texts.ts';
import { visibleText } from './visibleText.ts';

/** Results beyond this are of no use to anybody: more of the name is typed instead. */
export const MOST_HITS = 500;
/** Pages of one registry or repository that one search reads: 10,000 names. */
export const MOST_PAGES = 50;
/** Repositories whose tags are looked through for a text like `model:1.2`. */
const MOST_TAGGED = 5;
const PAGE = 200;

export interface SearchResult {
  readonly nodes: readonly ExplorerNode[];
  /** What was left out and why, in sentences. */
  readonly notes: readonly string[];
}

/** What the trees have loaded already. */
export interface Loaded {
  readonly entries: readonly LocalEntry[];
  readonly tags: readonly ExplorerNode[];
}

interface Tools {
  readonly source: ExplorerSource;
  readonly texts: Texts;
  readonly format: Format;
  readonly nodes: NodeFactory;
}

/** A text like `team/model:1.2`: the part after the colon looks for tags. */
interface Query {
  readonly repository: string;
  readonly tag: string | undefined;
}

/** Looks for names in the store, in what is loaded, and page by page in the registries, each page read once. */
export class ExplorerSearch {
  readonly #tools: Tools;
  readonly #names = new Map<string, Listing<string>>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** What was read is out of date. */
  forget(): void {
    for (const listing of this.#names.values()) listing.cancel();
    this.#names.clear();
  }

  /** @param onFound hears of everything found so far, after each page */
  async run(
    text: string,
    loaded: Loaded,
    signal: AbortSignal,
    onFound: (result: SearchResult) => void,
  ): Promise<SearchResult> {
    const hits = new Hits(this.#tools, onFound);
    this.#local(query(text), loaded, text, hits);
    hits.tell();
    await Promise.all(this.#tools.source.registries().map((registry) => this.#registry(registry, text, hits, signal)));
    return hits.result();
  }

  #local({ repository, tag }: Query, { entries, tags }: Loaded, text: string, hits: Hits): void {
    const { nodes } = this.#tools;
    for (const entry of entries) {
      const name = entry.repository.replace(/^localhost\//, '');
      const tagsOf = entry.tags.length === 0 ? [undefined] : entry.tags;
      for (const one of tagsOf) {
        const matches =
          tag === undefined
            ? holds(name, repository) || holds(one ?? '', text)
            : isAt(name, repository) && holds(one ?? '', tag);
        if (matches) hits.add(nodes.storeKit(entry, one), `${name}:${one ?? entry.digest}`);
      }
    }
    if (tag === undefined) for (const node of tags) if (holds(node.label, text)) hits.add(node, nameOf(node));
  }

  async #registry(registry: ExplorerRegistry, text: string, hits: Hits, signal: AbortSignal): Promise<void> {
    const { host } = registry;
    const { repository, tag } = query(text.startsWith(`${host}/`) ? text.slice(host.length + 1) : text);
    const { nodes } = this.#tools;
    const found: string[] = [];
    const look = (name: string, pinned: boolean): void => {
      if (tag === undefined ? !holds(name, repository) : !isAt(name, repository)) return;
      if (!found.includes(name)) found.push(name);
      if (tag === undefined) hits.add(nodes.repository(host, name, pinned), name);
    };
    for (const name of registry.repositories) look(name, true);
    await this.#read(host, host, this.#catalog(host), (name) => look(name, false), hits, signal);
    if (tag === undefined) return;
    for (const name of found.slice(0, MOST_TAGGED)) await this.#tags(host, name, tag, hits, signal);
  }

  async #tags(host: string, repository: string, tag: string, hits: Hits, signal: AbortSignal): Promise<void> {
    const full = `${host}/${repository}`;
    const add = (name: string): void => {
      if (holds(name, tag)) hits.add(this.#tools.nodes.registryKit(host, repository, name), `${repository}:${name}`);
    };
    await this.#read(full, host, this.#tagNames(full), add, hits, signal);
  }

  /** Goes through the names of a list, what was read before first, page by page within the limits. */
  async #read(
    name: string,
    host: string,
    listing: Listing<string>,
    look: (name: string) => void,
    hits: Hits,
    signal: AbortSignal,
  ): Promise<void> {
    const { texts, format } = this.#tools;
    await listing.first(signal);
    let seen = 0;
    for (let page = 0; ; page++) {
      for (const item of listing.items.slice(seen)) look(item);
      seen = listing.items.length;
      hits.tell();
      if (listing.failure) return this.#failed(host, listing.failure.error, hits);
      if (!listing.hasMore || hits.areEnough) return;
      if (page + 1 >= MOST_PAGES || seen >= MOST_PAGES * PAGE)
        return hits.note(texts.searchCut(visibleText(name), format.count(seen)));
      await listing.more(signal);
    }
  }

  /** A registry that does not list its repositories is searched by the names that the user gave: nothing to complain of. */
  #failed(host: string, error: unknown, hits: Hits): void {
    if (isCancelled(error)) throw error;
    const { code, message } = errorView(error, this.#tools.texts);
    this.#names.delete(host);
    if (code !== 'REGISTRY_UNSUPPORTED') hits.note(this.#tools.texts.searchFailed(visibleText(host), message));
  }

  #catalog(host: string): Listing<string> {
    return this.#listing(host, async (page, signal) => {
      const { repositories, next } = await this.#tools.source.catalog(host, page, signal);
      return { items: repositories, ...(next === undefined ? {} : { next }) };
    });
  }

  #tagNames(repository: string): Listing<string> {
    return this.#listing(repository, async (page, signal) => {
      const { tags, next } = await this.#tools.source.tags(repository, page, signal);
      return { items: tags, ...(next === undefined ? {} : { next }) };
    });
  }

  #listing(
    key: string,
    load: (
      page: { after?: string; limit: number },
      signal: AbortSignal,
    ) => Promise<{ items: readonly string[]; next?: string }>,
  ): Listing<string> {
    const known = this.#names.get(key);
    if (known && !known.failure) return known;
    const listing = new Listing<string>((after, signal) =>
      load({ limit: PAGE, ...(after === undefined ? {} : { after }) }, signal),
    );
    this.#names.set(key, listing);
    return listing;
  }
}

function query(text: string): Query {
  const colon = text.lastIndexOf(':');
  // `localhost:5000/team` has a port there, not a tag.
  if (colon < 0 || text.includes('/', colon)) return { repository: text, tag: undefined };
  return { repository: text.slice(0, colon), tag: text.slice(colon + 1) };
}

function holds(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}

/** True where the text names the repository, or its last parts. */
function isAt(name: string, text: string): boolean {
  return name.toLowerCase().endsWith(text.toLowerCase());
}

/** The reference without the registry. */
function nameOf(node: ExplorerNode): string {
  const full = node.reference ?? node.repository ?? node.label;
  return node.registry && full.startsWith(`${node.registry}/`) ? full.slice(node.registry.length + 1) : full;
}

/** What a search found so far, each thing once. */
class Hits {
  readonly #tools: Tools;
  readonly #onFound: (result: SearchResult) => void;
  readonly #nodes = new Map<string, ExplorerNode>();
  readonly #notes = new Set<string>();
  #told = 0;

  constructor(tools: Tools, onFound: (result: SearchResult) => void) {
    this.#tools = tools;
    this.#onFound = onFound;
  }

  get areEnough(): boolean {
    return this.#nodes.size >= MOST_HITS;
  }

  add(node: ExplorerNode, name: string): void {
    if (!this.areEnough && !this.#nodes.has(node.id)) this.#nodes.set(node.id, this.#tools.nodes.found(node, name));
  }

  note(sentence: string): void {
    this.#notes.add(sentence);
  }

  tell(): void {
    if (this.#nodes.size === this.#told) return;
    this.#told = this.#nodes.size;
    this.#onFound(this.result());
  }

  result(): SearchResult {
    const { texts, format } = this.#tools;
    const enough = this.areEnough ? [texts.searchHits(format.count(MOST_HITS))] : [];
    return { nodes: [...this.#nodes.values()], notes: [...enough, ...this.#notes] };
  }
}
