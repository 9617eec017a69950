import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { descriptorsOf, digestsOf, storeIndexFormat, withEntries } from './indexFiles.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import { repositoryIndexes } from './repositories.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

/** Only a kit that has been running since before can take these away; older ones are found before each removal anyway. */
const MAX_REMEMBERED = 1000;

/** Digests of manifests that we added to index.json, oldest first: a file of ours (spec 4.6). */
const addedFormat: JsonFormat<readonly Digest[]> = {
  parse(text) {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((digest) => typeof digest === 'string') : [];
  },
  write: (digests) => (digests.length === 0 ? undefined : JSON.stringify(digests)),
  empty: [],
};

export async function rememberAdded(transaction: Transaction, digest: Digest): Promise<void> {
  await transaction.changeOwn(transaction.context.layout.added, addedFormat, (digests) =>
    [...digests.filter((other) => other !== digest), digest].slice(-MAX_REMEMBERED),
  );
}

/** True when a manifest that we added is not in index.json any more. Takes no lock. */
export async function hasLostManifests({ disk, layout }: StoreContext): Promise<boolean> {
  const added = await readJson(disk, layout.added, addedFormat);
  if (added.length === 0) return false;
  const listed = digestsOf((await readJson(disk, layout.index, storeIndexFormat)).entries);
  return added.some((digest) => !listed.has(digest));
}

/**
 * Puts manifests back into index.json that a repository still lists: kit's garbage collection would take their blobs for
 * unused (spec 4.3). Forgets those that no repository lists.
 */
export async function putBackLost(transaction: Transaction): Promise<void> {
  const { context } = transaction;
  const { indexes } = await repositoryIndexes(context);
  const nodes = descriptorsOf([...indexes.values()].flatMap(({ entries }) => entries)).filter(isManifest);
  const listed = digestsOf((await transaction.readStoreIndex()).entries);
  const lost = nodes.filter(({ digest }) => !listed.has(digest));
  if (lost.length > 0) {
    await transaction.changeStoreIndex((index) => withEntries(index, lost));
    context.warn(
      'INDEX_REPAIRED',
      `Another program had dropped ${lost.length} ModelKits from index.json; they are back.`,
    );
  }
  const used = new Set(nodes.map(({ digest }) => digest));
  await transaction.changeOwn(context.layout.added, addedFormat, (digests) => digests.filter((one) => used.has(one)));
}

function isManifest({ mediaType }: Descriptor): boolean {
  return mediaType === OCI_MANIFEST;
}
