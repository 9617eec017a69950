import { isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { MAX_METADATA_BYTES } from '../oci/manifest.ts';
import { ifThere } from './disk.ts';
import { descriptorsOf } from './indexFiles.ts';
import type { StoreContext } from './storeContext.ts';

/** Manifests that are read at the same time. */
const READERS = 16;

/**
 * Which of these blobs no entry of index.json needs: as oras decides it (spec 4.4), but by digest alone. A manifest that
 * cannot be understood could need any of them, so then none is unused. Referrers of a removed manifest stay.
 */
export async function unusedBlobs(
  context: StoreContext,
  candidates: readonly Digest[],
  entries: readonly unknown[],
): Promise<readonly Digest[]> {
  const nodes = descriptorsOf(entries);
  const unused = new Set(candidates);
  for (const { digest } of nodes) unused.delete(digest);
  const waiting = nodes.values();
  const readOn = async (): Promise<void> => {
    for (const node of waiting) {
      if (unused.size === 0) return;
      for (const named of await namedBy(context, node)) {
        if (named === EVERYTHING) unused.clear();
        else unused.delete(named);
      }
    }
  };
  await Promise.all(Array.from({ length: READERS }, readOn));
  return [...unused];
}

const EVERYTHING = '*';

/** Digests that a manifest or index names, also in the manifests that an index names; none for one that is gone. */
async function namedBy(context: StoreContext, { digest }: Pick<Descriptor, 'digest'>): Promise<readonly string[]> {
  const text = await readBlob(context, digest);
  if (text === undefined) return [];
  const named = digestsIn(text);
  if (!named) return [EVERYTHING];
  const below = await Promise.all(named.manifests.map((child) => namedBy(context, { digest: child })));
  return [...named.blobs, ...named.manifests, ...below.flat()];
}

/** Config and layers of a manifest; nothing when it is gone or no manifest. */
export async function childrenOf(context: StoreContext, manifest: Digest): Promise<readonly Digest[]> {
  const text = await readBlob(context, manifest);
  return (text === undefined ? undefined : digestsIn(text))?.blobs ?? [];
}

async function readBlob({ disk, layout, blobs }: StoreContext, digest: Digest): Promise<string | undefined> {
  if (!digest.startsWith('sha256:')) return undefined;
  const size = await blobs.size(digest).catch((error: unknown) => {
    if (isEngineError(error) && error.code === 'STORE_CORRUPT') return 0;
    throw error;
  });
  if (size === undefined) return undefined;
  if (size > MAX_METADATA_BYTES || size === 0) return '';
  return ifThere(() => disk.readFile(layout.blob(digest), 'utf8'));
}

interface Named {
  readonly blobs: readonly Digest[];
  readonly manifests: readonly Digest[];
}

/** Undefined for what is no manifest at all. */
function digestsIn(text: string): Named | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { config, layers, blobs, subject, manifests } = value as Record<string, unknown>;
    return { blobs: digests([config, subject, ...list(layers), ...list(blobs)]), manifests: digests(list(manifests)) };
  } catch {
    return undefined;
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function digests(values: readonly unknown[]): readonly Digest[] {
  return values
    .map((value) => (typeof value === 'object' && value !== null && 'digest' in value ? value.digest : undefined))
    .filter((digest) => typeof digest === 'string');
}
