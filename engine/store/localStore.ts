import type { Digest } from '../oci/digest.ts';
import { type AddBlobOptions, addBlob, type SavedBlob } from './addBlob.ts';
import { unusedBlobs } from './garbage.ts';
import { LocalRepository } from './localRepository.ts';
import { assertUsable, prepareForWriting } from './prepare.ts';
import { repositoryNames } from './repositories.ts';
import { StoreContext } from './storeContext.ts';
import type { StoreHooks, StoreOptions } from './storeHooks.ts';
import { transact } from './transaction.ts';

export type { AddBlobOptions, SavedBlob } from './addBlob.ts';
export { type LocalKit, LocalRepository } from './localRepository.ts';

/** The store that kit and we share, at the same time (spec 4). Reading takes no lock and works on a read-only disk. */
export class LocalStore {
  readonly home: string;
  readonly #context: StoreContext;
  #prepared: Promise<void> | undefined;

  constructor(home: string, options: StoreOptions = {}) {
    this.home = home;
    this.#context = new StoreContext(home, options);
  }

  /** @param name `registry/repository` */
  repository(name: string, hooks: StoreHooks = {}): LocalRepository {
    return new LocalRepository(this.#context.withHooks(hooks), name, () => this.#prepareOnce());
  }

  /** Names, sorted; a file that looks like a repository and has no readable name is reported as a warning. */
  async repositories(): Promise<readonly string[]> {
    await assertUsable(this.#context);
    const { names, unreadable } = await repositoryNames(this.#context);
    for (const file of unreadable)
      this.#context.warn('FILE_SKIPPED', `${file} in the local store is no index of a repository and was left out.`);
    return names;
  }

  /** Stores content whose digest is not known yet. @throws EngineError DISK_FULL, PERMISSION_DENIED, IO_ERROR, CANCELLED */
  async addBlob(content: AsyncIterable<Uint8Array>, options: AddBlobOptions = {}): Promise<SavedBlob> {
    await this.#prepareOnce();
    return addBlob(this.#context, content, options);
  }

  /** Takes back blobs whose manifest did not come; one that a manifest names by now stays. */
  async discard(digests: readonly Digest[]): Promise<void> {
    if (digests.length === 0) return;
    await transact(this.#context, undefined, async (transaction) => {
      const { entries } = await transaction.readStoreIndex();
      for (const digest of await unusedBlobs(this.#context, digests, entries)) await this.#context.blobs.remove(digest);
    });
  }

  /** Fails before anything is hashed when nothing could be stored. @throws EngineError PERMISSION_DENIED, STORE_UNSUPPORTED */
  async prepareForWriting(): Promise<void> {
    this.#prepared = prepareForWriting(this.#context);
    await this.#prepareOnce();
  }

  /** What failed once is tried again the next time. */
  async #prepareOnce(): Promise<void> {
    this.#prepared ??= prepareForWriting(this.#context);
    try {
      await this.#prepared;
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
  }
}
