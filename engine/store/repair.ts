import type { Descriptor } from '../oci/descriptor.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { isComplete } from './completeness.ts';
import {
  descriptorsOf,
  digestsOf,
  type IndexFile,
  storeIndexFormat,
  tagsOf,
  withEntries,
  withoutDigests,
  withoutTags,
  withTag,
} from './indexFiles.ts';
import { readJson } from './jsonFile.ts';
import { type Added, forgetAdded, type Removed, readMemory } from './memory.ts';
import { indexesOf, type RepositoryIndexes, repositoryIndexes } from './repositories.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

type Indexes = ReadonlyMap<string, IndexFile>;

/** What a kit undid that was running while we changed the store, and wrote its old view of the files then (spec 4.6). */
interface Undone {
  /** Entries that are gone from their repository; a tag alone that is gone may have been taken away on purpose. */
  readonly manifests: readonly Added[];
  /** Entries that are back although we removed the manifest: kit cannot list a store with such an entry (spec 4.3). */
  readonly removals: readonly Removed[];
}

/** True when something that we did is not so any more. Takes no lock, and reads only the repositories that we changed. */
export async function isUndone(context: StoreContext): Promise<boolean> {
  const { added, removed } = await readMemory(context);
  if (added.length + removed.length === 0) return false;
  const { entries } = await readJson(context.disk, context.layout.index, storeIndexFormat);
  const listed = digestsOf(entries);
  if (added.some(({ node }) => !listed.has(node.digest))) return true;
  const names = new Set([...added, ...removed].map(({ repository }) => repository));
  const { manifests, removals } = await findUndone(context, await indexesOf(context, names));
  return manifests.length + removals.length > 0;
}

/** Does again what was undone, and completes index.json, by which kit tells which blobs are in use (spec 4.3). */
export async function redo(transaction: Transaction): Promise<void> {
  const { context } = transaction;
  const all = await repositoryIndexes(context);
  const undone = await findUndone(context, all);
  const lost: Added[] = [];
  for (const added of undone.manifests)
    if (await wasRemoved(context, all.indexes, added))
      await forgetAdded(transaction, added.repository, added.node.digest);
    else lost.push(added);
  const completed = await completeStoreIndex(transaction, all.indexes, lost);
  for (const added of lost) await relist(transaction, added);
  for (const removed of undone.removals) await unlist(transaction, removed);
  if (completed + lost.length + undone.removals.length > 0)
    context.warn('INDEX_REPAIRED', 'Another program had undone changes of the local store; it was put right.');
}

/** At the end of a change: what was undone while it went on. */
export async function redoIfUndone(transaction: Transaction): Promise<void> {
  await transaction.settle();
  if (await isUndone(transaction.context)) await redo(transaction);
}

async function findUndone(context: StoreContext, { indexes, unsure }: RepositoryIndexes): Promise<Undone> {
  const { added, removed } = await readMemory(context);
  if (unsure) return { manifests: [], removals: [] };
  const removals: Removed[] = [];
  for (const one of removed) if (await isBack(context, indexes, one)) removals.push(one);
  return { manifests: added.filter(({ repository, node }) => !lists(indexes, repository, node.digest)), removals };
}

function lists(indexes: Indexes, repository: string, digest: string): boolean {
  return digestsOf(indexes.get(repository)?.entries ?? []).has(digest);
}

/** One whose blob is there was packed or pulled again. */
async function isBack({ blobs }: StoreContext, indexes: Indexes, { repository, digest }: Removed): Promise<boolean> {
  return lists(indexes, repository, digest) && (await blobs.size(digest)) === undefined;
}

/**
 * Kit removes the blob of a manifest, or, when another repository lists the manifest too, only the entry: then a removal
 * cannot be told from a loss, and is believed.
 */
async function wasRemoved({ blobs }: StoreContext, indexes: Indexes, { node }: Added): Promise<boolean> {
  const elsewhere = [...indexes.keys()].some((name) => lists(indexes, name, node.digest));
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

async function unlist(transaction: Transaction, { repository, digest }: Removed): Promise<void> {
  await transaction.changeRepositoryIndex(repository, (index) => withoutDigests(index, new Set([digest])));
  await transaction.changeTags(repository, (tags) => withoutTags(tags, tagsOf(tags, digest)));
  await transaction.changeStoreIndex((index) => withoutDigests(index, new Set([digest])));
}

function isManifest({ mediaType }: Descriptor): boolean {
  return mediaType === OCI_MANIFEST;
}
