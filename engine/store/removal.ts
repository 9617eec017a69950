import { isEngineError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { childrenOf, unusedBlobs } from './garbage.ts';
import { digestsOf, tagsOf, withoutDigests, withoutTags } from './indexFiles.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import { repositoryIndexes } from './repositories.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

/** A removal that has begun: written down first, so that one that was interrupted is finished by the next command. */
interface Removal {
  readonly repository: string;
  readonly manifest: Digest;
  /** Its config and layers: the manifest may be gone when they are looked for. */
  readonly blobs: readonly Digest[];
}

const removalsFormat: JsonFormat<readonly Removal[]> = {
  parse(text) {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRemoval) : [];
  },
  write: (removals) => (removals.length === 0 ? undefined : JSON.stringify(removals)),
  empty: [],
};

function isRemoval(value: unknown): value is Removal {
  if (typeof value !== 'object' || value === null) return false;
  if (!('repository' in value) || !('manifest' in value) || !('blobs' in value)) return false;
  return typeof value.repository === 'string' && typeof value.manifest === 'string' && Array.isArray(value.blobs);
}

/**
 * Takes a manifest out of one repository; when no other lists it, out of the store, with the blobs that nothing else needs.
 * The repository forgets it first: from then on it is removed, whatever happens.
 * @param kept blobs that stay in any case
 */
export async function removeManifest(
  transaction: Transaction,
  repository: string,
  manifest: Digest,
  kept: ReadonlySet<Digest> = new Set(),
): Promise<void> {
  const { context } = transaction;
  const blobs = (await childrenOf(context, manifest)).filter((digest) => !kept.has(digest));
  const removal: Removal = { repository, manifest, blobs };
  await transaction
    .changeOwn(context.layout.removing, removalsFormat, (removals) => [...removals, removal])
    // On a full disk it goes without the note: then only garbage can stay.
    .catch(ignoreFullDisk);
  await transaction.changeRepositoryIndex(repository, (index) => withoutDigests(index, new Set([manifest])));
  await carryOn(transaction, removal);
}

function ignoreFullDisk(error: unknown): void {
  if (!isEngineError(error) || error.code !== 'DISK_FULL') throw error;
}

export async function hasPendingRemovals({ disk, layout }: StoreContext): Promise<boolean> {
  return (await readJson(disk, layout.removing, removalsFormat)).length > 0;
}

/** One whose repository lists the manifest had not begun, or was made undone by another program. */
export async function finishRemovals(transaction: Transaction): Promise<void> {
  const { context } = transaction;
  for (const removal of await readJson(context.disk, context.layout.removing, removalsFormat)) {
    const { indexes, unsure } = await repositoryIndexes(context);
    const listed = digestsOf(indexes.get(removal.repository)?.entries ?? []).has(removal.manifest);
    if (listed || unsure) await forget(transaction, removal);
    else await carryOn(transaction, removal);
  }
}

/** Tags, index.json, blobs, and last the note. */
async function carryOn(transaction: Transaction, removal: Removal): Promise<void> {
  const { context } = transaction;
  await transaction.changeTags(removal.repository, (tags) => withoutTags(tags, tagsOf(tags, removal.manifest)));
  if (!(await isListed(context, removal.manifest))) {
    await transaction.changeStoreIndex((index) => withoutDigests(index, new Set([removal.manifest])));
    await transaction.settle();
    const { entries } = await transaction.readStoreIndex();
    const candidates = [removal.manifest, ...removal.blobs];
    for (const digest of await unusedBlobs(context, candidates, entries)) await context.blobs.remove(digest);
  }
  await forget(transaction, removal);
}

/** A repository that cannot be read may list it too. */
async function isListed(context: StoreContext, manifest: Digest): Promise<boolean> {
  const { indexes, unsure } = await repositoryIndexes(context);
  return unsure || [...indexes.values()].some(({ entries }) => digestsOf(entries).has(manifest));
}

async function forget(transaction: Transaction, { repository, manifest }: Removal): Promise<void> {
  await transaction.changeOwn(transaction.context.layout.removing, removalsFormat, (removals) =>
    removals.filter((removal) => removal.manifest !== manifest || removal.repository !== repository),
  );
}
