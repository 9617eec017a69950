import { isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { descriptorOf } from './indexFiles.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import type { StoreContext } from './storeContext.ts';
import type { Transaction } from './transaction.ts';

/** Only a kit that has been running since before can undo a change of ours, so older ones need no memory. */
const MAX_REMEMBERED = 1000;

/** A manifest that we listed, and the tags that we gave it. */
export interface Added {
  readonly repository: string;
  readonly node: Descriptor;
  readonly tags: readonly string[];
}

/** A manifest that we took out of a repository. */
export interface Removed {
  readonly repository: string;
  readonly digest: Digest;
}

/** What we did lately, oldest first: a running kit undoes it when it writes its old view of the files (spec 4.6). */
export interface Memory {
  readonly added: readonly Added[];
  readonly removed: readonly Removed[];
}

const NOTHING: Memory = { added: [], removed: [] };

/** A file of ours outside `storage/`. */
const memoryFormat: JsonFormat<Memory> = {
  parse(text) {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return NOTHING;
    return { added: list(value.added).flatMap(readAdded), removed: list(value.removed).flatMap(readRemoved) };
  },
  write: (memory) => (memory.added.length + memory.removed.length === 0 ? undefined : JSON.stringify(memory)),
  empty: NOTHING,
};

function readAdded(value: unknown): readonly Added[] {
  if (!isObject(value) || typeof value.repository !== 'string') return [];
  const node = descriptorOf(value.node);
  const tags = list(value.tags).filter((tag) => typeof tag === 'string');
  return node ? [{ repository: value.repository, node, tags }] : [];
}

function readRemoved(value: unknown): readonly Removed[] {
  if (!isObject(value) || typeof value.repository !== 'string' || typeof value.digest !== 'string') return [];
  return [{ repository: value.repository, digest: value.digest }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function readMemory({ disk, layout }: StoreContext): Promise<Memory> {
  return readJson(disk, layout.memory, memoryFormat);
}

export async function rememberAdded(transaction: Transaction, repository: string, node: Descriptor): Promise<void> {
  const isThis = isOf(repository, node.digest);
  await change(transaction, ({ added, removed }) => {
    const tags = added.find(isThis)?.tags ?? [];
    const { mediaType, digest, size } = node;
    const entry: Added = { repository, node: { mediaType, digest, size }, tags };
    return {
      added: [...added.filter((one) => !isThis(one)), entry],
      removed: removed.filter((one) => one.repository !== repository || one.digest !== digest),
    };
  });
}

/** A tag names one manifest of its repository; undefined for a tag that was taken away. */
export async function rememberTag(
  transaction: Transaction,
  repository: string,
  tag: string,
  digest: Digest | undefined,
): Promise<void> {
  await change(transaction, ({ added, removed }) => ({
    removed,
    added: added.map((one) => {
      if (one.repository !== repository) return one;
      const others = one.tags.filter((other) => other !== tag);
      return { ...one, tags: one.node.digest === digest ? [...others, tag] : others };
    }),
  }));
}

/** On a full disk there may be no room for it; then a running kit can bring the entry back. */
export async function rememberRemoved(transaction: Transaction, repository: string, digest: Digest): Promise<void> {
  const isThis = isOf(repository, digest);
  await change(transaction, ({ added, removed }) => ({
    added: added.filter((one) => !isThis(one)),
    removed: [
      ...removed.filter((one) => one.repository !== repository || one.digest !== digest),
      { repository, digest },
    ],
  })).catch((error: unknown) => {
    if (!isEngineError(error) || error.code !== 'DISK_FULL') throw error;
    return forgetAdded(transaction, repository, digest);
  });
}

export async function forgetAdded(transaction: Transaction, repository: string, digest: Digest): Promise<void> {
  const isThis = isOf(repository, digest);
  await change(transaction, ({ added, removed }) => ({ added: added.filter((one) => !isThis(one)), removed }));
}

async function change(transaction: Transaction, edit: (memory: Memory) => Memory): Promise<void> {
  await transaction.changeOwn(transaction.context.layout.memory, memoryFormat, (memory) => {
    const { added, removed } = edit(memory);
    return { added: added.slice(-MAX_REMEMBERED), removed: removed.slice(-MAX_REMEMBERED) };
  });
}

function isOf(repository: string, digest: Digest): (added: Added) => boolean {
  return (added) => added.repository === repository && added.node.digest === digest;
}
