import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { descriptorOf } from './indexFiles.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

/** Only a kit that has been running since before can take one away again, so older ones need no memory. */
const MAX_REMEMBERED = 1000;

/** A manifest that we listed, and the tags that we gave it: what a running kit may drop when it writes its old view. */
export interface Added {
  readonly repository: string;
  readonly node: Descriptor;
  readonly tags: readonly string[];
}

/** A file of ours outside `storage/` (spec 4.6), oldest first. */
const addedFormat: JsonFormat<readonly Added[]> = {
  parse(text) {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap(readAdded) : [];
  },
  write: (added) => (added.length === 0 ? undefined : JSON.stringify(added)),
  empty: [],
};

function readAdded(value: unknown): readonly Added[] {
  if (typeof value !== 'object' || value === null || !('repository' in value) || !('node' in value)) return [];
  const node = descriptorOf(value.node);
  if (!node || typeof value.repository !== 'string') return [];
  const tags = 'tags' in value && Array.isArray(value.tags) ? value.tags.filter((tag) => typeof tag === 'string') : [];
  return [{ repository: value.repository, node, tags }];
}

export function readAllAdded({ disk, layout }: StoreContext): Promise<readonly Added[]> {
  return readJson(disk, layout.added, addedFormat);
}

export async function rememberAdded(transaction: Transaction, repository: string, node: Descriptor): Promise<void> {
  await change(transaction, (added) => {
    const tags = added.find(isOf(repository, node.digest))?.tags ?? [];
    return [...added.filter((one) => !isOf(repository, node.digest)(one)), { repository, node: plain(node), tags }];
  });
}

/** A tag names one manifest of its repository; undefined for a tag that was taken away. */
export async function rememberTag(
  transaction: Transaction,
  repository: string,
  tag: string,
  digest: Digest | undefined,
): Promise<void> {
  await change(transaction, (added) =>
    added.map((one) => {
      if (one.repository !== repository) return one;
      const others = one.tags.filter((other) => other !== tag);
      return { ...one, tags: one.node.digest === digest ? [...others, tag] : others };
    }),
  );
}

export async function forgetAdded(transaction: Transaction, repository: string, digest: Digest): Promise<void> {
  await change(transaction, (added) => added.filter((one) => !isOf(repository, digest)(one)));
}

async function change(transaction: Transaction, edit: (added: readonly Added[]) => readonly Added[]): Promise<void> {
  await transaction.changeOwn(transaction.context.layout.added, addedFormat, (added) =>
    edit(added).slice(-MAX_REMEMBERED),
  );
}

function isOf(repository: string, digest: Digest): (added: Added) => boolean {
  return (added) => added.repository === repository && added.node.digest === digest;
}

function plain({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
