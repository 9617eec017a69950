import { isEngineError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { parseManifest } from '../oci/manifest.ts';
import { displayName } from '../oci/reference.ts';
import type { LocalKit, LocalRepository } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { type Engine, storeFor } from './engine.ts';
import { readMetadata } from './readMetadata.ts';
import { type Removed, type RemoveOptions, warn } from './remove.ts';

/** A ModelKit with the blobs that it names: config and layers. */
interface Contents extends LocalKit {
  readonly repository: LocalRepository;
  readonly blobs: readonly Digest[];
}

/**
 * Removes every ModelKit without a tag, with `force` every ModelKit. What fails is a warning, and the rest goes on. As with
 * kit, a blob that repositories shared when the command began stays on the disk (spec 4.4).
 * @throws EngineError STORE_*, PERMISSION_DENIED, CANCELLED
 */
export async function removeAll(
  engine: Engine,
  { force = false }: RemoveOptions = {},
  call: Call = {},
): Promise<readonly Removed[]> {
  const store = storeFor(engine, call);
  const all: Contents[] = [];
  for (const name of await store.repositories()) {
    const contents = await contentsOf(store.repository(name), call).catch((error: unknown) =>
      warn(error, `Failed to read ${name}`, call),
    );
    all.push(...(contents ?? []));
  }
  const removed: Removed[] = [];
  for (const kit of all.filter(({ tags }) => force || tags.length === 0)) {
    const { repository, node } = kit;
    const gone = await removeWhole(repository, node.digest, keptFor(kit, all), call).catch((error: unknown) =>
      warn(error, `Failed to remove ${repository.name}@${node.digest}`, call),
    );
    removed.push(...(gone ?? []));
  }
  return removed;
}

/** What other ModelKits of other repositories name. */
function keptFor({ repository, node }: Contents, all: readonly Contents[]): ReadonlySet<Digest> {
  const others = all.filter((other) => other.repository !== repository && other.node.digest !== node.digest);
  return new Set(others.flatMap(({ blobs }) => blobs));
}

/** Its tags are named each, then the ModelKit itself, as kit does. */
async function removeWhole(
  repository: LocalRepository,
  digest: Digest,
  kept: ReadonlySet<Digest>,
  { signal }: Call,
): Promise<readonly Removed[]> {
  const { removedTags } = await repository.remove(digest, signal, kept);
  const { name } = repository;
  return [
    ...removedTags.map((tag) => ({ reference: displayName(`${name}:${tag}`), digest, untagged: true })),
    { reference: displayName(`${name}@${digest}`), digest, untagged: false },
  ];
}

async function contentsOf(repository: LocalRepository, { signal }: Call): Promise<readonly Contents[]> {
  const contents: Contents[] = [];
  for (const kit of await repository.list())
    contents.push({ ...kit, repository, blobs: await blobsOf(repository, kit.node, signal) });
  return contents;
}

/** None for a ModelKit that is damaged: it can be removed all the same. */
async function blobsOf(
  repository: LocalRepository,
  node: LocalKit['node'],
  signal: AbortSignal | undefined,
): Promise<readonly Digest[]> {
  try {
    const { config, layers } = parseManifest(await readMetadata(repository, node, signal));
    return [config.digest, ...layers.map(({ digest }) => digest)];
  } catch (error) {
    if (isEngineError(error) && error.code !== 'CANCELLED') return [];
    throw error;
  }
}
