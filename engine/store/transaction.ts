import { dirname } from 'node:path';
import { changeJson } from './changeJson.ts';
import { makeFolder } from './disk.ts';
import { type IndexFile, repositoryIndexFormat, storeIndexFormat, type TagsFile, tagsFormat } from './indexFiles.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import { StoreLock } from './lock.ts';
import type { StoreContext } from './storeContext.ts';

/** Changes of index files under the lock. Files are written in the order of the calls, each whole (spec 4.3). */
export class Transaction {
  readonly context: StoreContext;
  readonly #lock: StoreLock;
  readonly #again: (() => Promise<boolean>)[] = [];

  constructor(context: StoreContext, lock: StoreLock) {
    this.context = context;
    this.#lock = lock;
  }

  readStoreIndex(): Promise<IndexFile> {
    return readJson(this.context.disk, this.context.layout.index, storeIndexFormat);
  }

  readRepositoryIndex(name: string): Promise<IndexFile> {
    return readJson(this.context.disk, this.context.layout.repositoryIndex(name), repositoryIndexFormat);
  }

  readTags(name: string): Promise<TagsFile> {
    return readJson(this.context.disk, this.context.layout.repositoryTags(name), tagsFormat);
  }

  async changeStoreIndex(change: (index: IndexFile) => IndexFile): Promise<void> {
    await this.#change(this.context.layout.index, storeIndexFormat, change);
  }

  async changeRepositoryIndex(name: string, change: (index: IndexFile) => IndexFile): Promise<void> {
    await this.#change(this.context.layout.repositoryIndex(name), repositoryIndexFormat, change);
  }

  async changeTags(name: string, change: (tags: TagsFile) => TagsFile): Promise<void> {
    await this.#change(this.context.layout.repositoryTags(name), tagsFormat, change);
  }

  /** A file of ours that kit does not know. Nothing is made where nothing changes: a full disk may have no room for it. */
  async changeOwn<T>(path: string, format: JsonFormat<T>, change: (value: T) => T): Promise<void> {
    const { disk } = this.context;
    const value = await readJson(disk, path, format);
    if (format.write(change(value)) === format.write(value)) return;
    await makeFolder(disk, dirname(path));
    await changeJson(disk, path, format, change, () => this.#lock.assertHeld());
  }

  /** Reads all changed files once more: what a running kit wrote back from its memory is corrected (spec 4.6). */
  async settle(): Promise<void> {
    let repaired = 0;
    for (const again of this.#again.splice(0)) if (await again()) repaired += 1;
    if (repaired > 0)
      this.context.warn(
        'INDEX_REPAIRED',
        'Another program changed the local store at the same moment; it was put right.',
      );
  }

  async #change<T>(path: string, format: JsonFormat<T>, change: (value: T) => T): Promise<void> {
    const apply = () => changeJson(this.context.disk, path, format, change, () => this.#lock.assertHeld());
    await apply();
    this.#again.push(apply);
  }
}

/** Runs a change of the store under its lock, and settles it. @throws EngineError STORE_LOCKED, CANCELLED and what `work` throws */
export function transact<T>(
  context: StoreContext,
  signal: AbortSignal | undefined,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return context.inTurn(async () => {
    const onWaiting = (message: string) => context.waiting(message);
    const lock = await StoreLock.acquire(context.disk, context.layout.lock, { signal, onWaiting });
    try {
      const transaction = new Transaction(context, lock);
      const result = await work(transaction);
      await transaction.settle();
      return result;
    } finally {
      await lock.release();
    }
  });
}
