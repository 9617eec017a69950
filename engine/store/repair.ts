import type { Descriptor } from '../oci/descriptor.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { type Added, forgetAdded, readAllAdded } from './addedManifests.ts';
import { isComplete } from './completeness.ts';
import { descriptorsOf, digestsOf, type IndexFile, storeIndexFormat, withEntries, withTag } from './indexFiles.ts';
import { readJson } from './jsonFile.ts';
import { repositoryIndexes } from './repositories.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

type Indexes = ReadonlyMap<string, IndexFile>;

/** True when a manifest that we added is missing where it was listed. Takes no lock. */
export async function hasLostManifests(context: StoreContext): Promise<boolean> {
  const added = await readAllAdded(context);
  if (added.length === 0) return false;
  const { entries } = await readJson(context.disk, context.layout.index, storeIndexFormat);
  const listed = digestsOf(entries);
  if (added.some(({ node }) => !listed.has(node.digest))) return true;
  const { indexes, unsure } = await repositoryIndexes(context);
  return !unsure && added.some((one) => !isListed(indexes, one));
}

/**
 * Puts back what a kit that was running meanwhile dropped when it wrote its old view of the files (spec 4.6): entries of a
 * repository, and entries of index.json, without which kit's garbage collection takes blobs for unused (spec 4.3).
 */
export async function putBackLost(transaction: Transaction): Promise<void> {
  const { context } = transaction;
  const { indexes, unsure } = await repositoryIndexes(context);
  const lost: Added[] = [];
  for (const added of unsure ? [] : await readAllAdded(context)) {
    if (isListed(indexes, added)) continue;
    if (await wasRemoved(context, indexes, added)) await forgetAdded(transaction, added.repository, added.node.digest);
    else lost.push(added);
  }
  const count = (await completeStoreIndex(transaction, indexes, lost)) + lost.length;
  for (const added of lost) await relist(transaction, added);
  if (count > 0)
    context.warn('INDEX_REPAIRED', 'Another program had dropped ModelKits from the local store; they are back.');
}

/** Repairs at the end of a change what was dropped while it went on. */
export async function putBackIfLost(transaction: Transaction): Promise<void> {
  await transaction.settle();
  if (await hasLostManifests(transaction.context)) await putBackLost(transaction);
}

function isListed(indexes: Indexes, { repository, node }: Added): boolean {
  return digestsOf(indexes.get(repository)?.entries ?? []).has(node.digest);
}

/**
 * Kit removes the blob of a manifest, or, when another repository lists the manifest too, only the entry: then a removal
 * cannot be told from a loss, and is believed.
 */
async function wasRemoved({ blobs }: StoreContext, indexes: Indexes, { node }: Added): Promise<boolean> {
  const elsewhere = [...indexes.values()].some(({ entries }) => digestsOf(entries).has(node.digest));
  return elsewhere || !(await isComplete(blobs, node));
}

async function completeStoreIndex(transaction: Transaction, indexes: Indexes, lost: readonly Added[]): Promise<number> {
  const inRepositories = descriptorsOf([...indexes.values()].flatMap(({ entries }) => entries)).filter(isManifest);
  const listed = digestsOf((await transaction.readStoreIndex()).entries);
  const missing = [...inRepositories, ...lost.map(({ node }) => node)].filter(({ digest }) => !listed.has(digest));
  if (missing.length > 0) await transaction.changeStoreIndex((index) => withEntries(index, missing));
  return missing.length;
}

/** A tag that names something else by now stays with that. */
async function relist(transaction: Transaction, { repository, node, tags }: Added): Promise<void> {
  await transaction.changeRepositoryIndex(repository, (index) => withEntries(index, [node]));
  await transaction.changeTags(repository, (present) => {
    const free = tags.filter((tag) => !present.has(tag));
    return free.reduce((all, tag) => withTag(all, tag, node), present);
  });
}

function isManifest({ mediaType }: Descriptor): boolean {
  return mediaType === OCI_MANIFEST;
}
