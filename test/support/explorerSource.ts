import type { CatalogPage, TagsPage } from '#engine';
import type {
  ExplorerRegistry,
  ExplorerSource,
  KitContent,
  KitLayer,
  LocalEntry,
  PageRequest,
  SourceChange,
} from '../../client/explorer/source.ts';

/** The digest that belongs to a name; of the right shape. */
export function digestOf(name: string): string {
  return `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;
}

export function localEntry(repository: string, tags: readonly string[], more: Partial<LocalEntry> = {}): LocalEntry {
  const digest = digestOf(`${repository}:${tags[0] ?? 'untagged'}`);
  return { repository, digest, tags, name: '', author: '', size: 3 * 1024 * 1024, layerCount: 2, ...more };
}

const KITFILE = `manifestVersion: 1.0.0
package:
  name: iris
  version: 1.2.0
  description: "Tells three kinds of iris apart"
model:
  name: classifier
  path: model/iris.safetensors # weights
  framework: PyTorch
`;

export const LAYERS: readonly KitLayer[] = [
  layer('model', 'classifier', 'model/iris.safetensors', 0.82),
  layer('dataset', 'training', 'data/iris.csv', 0.15),
  layer('code', undefined, 'src/train.py', 0.025),
  layer('docs', undefined, 'README.md', 0.0049),
  layer('docs', undefined, 'LICENSE', 0.0001),
];

function layer(kind: KitLayer['kind'], name: string | undefined, path: string, share: number): KitLayer {
  return {
    kind,
    path,
    share,
    size: Math.round(share * 20 * 1024 * 1024),
    mediaType: `application/vnd.kitops.modelkit.${kind}.v1.tar`,
    digest: digestOf(path),
    ...(name === undefined ? {} : { name }),
  };
}

/** A registry in memory: names in the order in which it lists them, and what it answers instead, if anything. */
export interface FakeRegistry {
  readonly repositories: Readonly<Record<string, readonly string[]>>;
  /** Repositories that the user added by name. */
  readonly pinned?: readonly string[];
  /** What the catalogue throws. */
  catalogFailure?: Error;
  /** What the tags of a repository throw. */
  readonly tagFailures?: Readonly<Record<string, Error>>;
}

/** An error in the shape of the engine's. */
export function engineError(code: string, message: string, advice?: string): Error {
  return Object.assign(new Error(message), { name: 'EngineError', code, advice });
}

/** A world of the explorer in memory that counts what it is asked for. */
export class FakeSource implements ExplorerSource {
  readonly requests: string[] = [];
  readonly cancelled: string[] = [];
  readonly #listeners = new Set<(change: SourceChange) => void>();
  kits: readonly LocalEntry[] = [];
  storeFailure: Error | undefined;
  content: Partial<KitContent> = {};
  known: Record<string, FakeRegistry> = {};
  /** Answers wait for this. */
  gate: Promise<void> = Promise.resolve();

  async localKits(signal: AbortSignal): Promise<readonly LocalEntry[]> {
    await this.#asked('list', signal);
    if (this.storeFailure) throw this.storeFailure;
    return this.kits;
  }

  registries(): readonly ExplorerRegistry[] {
    return Object.entries(this.known).map(([host, { pinned = [] }]) => ({ host, repositories: pinned }));
  }

  async catalog(host: string, { after, limit }: PageRequest, signal: AbortSignal): Promise<CatalogPage> {
    await this.#asked(`catalog ${host} ${after ?? ''}`.trim(), signal);
    const registry = this.known[host];
    if (registry?.catalogFailure) throw registry.catalogFailure;
    const { items, next } = pageOf(Object.keys(registry?.repositories ?? {}), after, limit);
    return { repositories: items, ...next };
  }

  async tags(repository: string, { after, limit }: PageRequest, signal: AbortSignal): Promise<TagsPage> {
    await this.#asked(`tags ${repository} ${after ?? ''}`.trim(), signal);
    const slash = repository.indexOf('/');
    const registry = this.known[repository.slice(0, slash)];
    const name = repository.slice(slash + 1);
    const failure = registry?.tagFailures?.[name];
    if (failure) throw failure;
    const { items, next } = pageOf(registry?.repositories[name] ?? [], after, limit);
    return { tags: items, ...next };
  }

  async inspect(reference: string, where: string, signal: AbortSignal): Promise<KitContent> {
    await this.#asked(`inspect ${where} ${reference}`, signal);
    return {
      digest: digestOf(reference),
      cliVersion: '1.7.0',
      kitfileYaml: KITFILE,
      manifestJson: JSON.stringify({ schemaVersion: 2, layers: LAYERS.map(({ digest, size }) => ({ digest, size })) }),
      size: LAYERS.reduce((sum, { size }) => sum + size, 0),
      layers: LAYERS,
      ...this.content,
    };
  }

  async layers(reference: string, where: string, signal: AbortSignal): Promise<readonly KitLayer[]> {
    await this.#asked(`layers ${where} ${reference}`, signal);
    return LAYERS;
  }

  onChange(listener: (change: SourceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(what: SourceChange): void {
    for (const listener of this.#listeners) listener(what);
  }

  async #asked(request: string, signal: AbortSignal): Promise<void> {
    this.requests.push(request);
    signal.addEventListener('abort', () => this.cancelled.push(request));
    await this.gate;
    signal.throwIfAborted();
  }
}

function pageOf(all: readonly string[], after: string | undefined, limit: number) {
  const start = after === undefined ? 0 : all.indexOf(after) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: start + limit < all.length && last !== undefined ? { next: last } : {} };
}

/** English, as it stands in the code. */
export const english = {
  t: (message: string, ...args: (string | number)[]) =>
    message.replace(/\{(\d)\}/g, (place, at: string) => String(args[Number(at)] ?? place)),
};
