import { type ErrorCode, isEngineError, throwIfCancelled } from '../errors.ts';
import { displayName } from '../oci/reference.ts';
import type { LocalKit, LocalRepository } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { type Engine, storeFor } from './engine.ts';
import { type ListEntry, listEntry } from './listEntry.ts';
import { readKitMetadata } from './readKit.ts';

/**
 * Every ModelKit of the local store, in kit's order: repositories as their files are named, in them by digest (spec 8.2).
 * One that is not whole is listed as incomplete; a repository that cannot be read is a warning (bad-inputs B2, B5).
 * @throws EngineError PERMISSION_DENIED, STORE_UNSUPPORTED, IO_ERROR, CANCELLED
 */
export async function list(engine: Engine, call: Call = {}): Promise<readonly ListEntry[]> {
  const store = storeFor(engine, call);
  const entries: ListEntry[] = [];
  for (const name of [...(await store.repositories())].sort(byFileName)) {
    throwIfCancelled(call.signal);
    entries.push(...(await entriesOf(store.repository(name), call)));
  }
  return entries;
}

async function entriesOf(repository: LocalRepository, call: Call): Promise<readonly ListEntry[]> {
  const name = displayName(repository.name);
  try {
    const kits = await repository.list();
    const entries: ListEntry[] = [];
    for (const kit of [...kits].sort((one, other) => compare(one.node.digest, other.node.digest)))
      entries.push(await entryOf(repository, name, kit, call));
    return entries;
  } catch (error) {
    if (!isEngineError(error) || error.code !== 'STORE_CORRUPT') throw error;
    call.onEvent?.({
      type: 'warning',
      code: 'FILE_SKIPPED',
      message: `${repository.name} is left out. ${error.message}`,
    });
    return [];
  }
}

async function entryOf(
  repository: LocalRepository,
  name: string,
  { node, tags }: LocalKit,
  { signal }: Call,
): Promise<ListEntry> {
  try {
    const { manifest, configBytes } = await readKitMetadata(repository, node, name, signal);
    const here = await Promise.all(manifest.layers.map((layer) => repository.exists(layer)));
    const entry = listEntry(name, node.digest, tags, manifest, configBytes);
    return here.every(Boolean) ? entry : { ...entry, incomplete: true };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const nothing = { name: '', author: '', size: 0, layerCount: 0 };
    return { repository: name, digest: node.digest, tags, ...nothing, incomplete: true };
  }
}

const DAMAGE: readonly ErrorCode[] = [
  'BLOB_MISSING',
  'BLOB_DIGEST_MISMATCH',
  'BLOB_SIZE_MISMATCH',
  'MANIFEST_INVALID',
  'METADATA_TOO_LARGE',
  'STORE_CORRUPT',
];

function isDamage(error: unknown): boolean {
  return isEngineError(error) && DAMAGE.includes(error.code);
}

/** kit lists repositories by the names of their files, which are base64 (spec 4.2). */
function byFileName(one: string, other: string): number {
  return compare(fileName(one), fileName(other));
}

function fileName(repository: string): string {
  const base64 = Buffer.from(repository).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  return `${base64}-index.json`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
