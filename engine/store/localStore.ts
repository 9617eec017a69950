import { EngineError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { LocalRepository } from './localRepository.ts';
import type { StoreHooks, StoreOptions } from './storeHooks.ts';

export type { LocalKit, LocalRepository } from './localRepository.ts';

export interface SavedBlob {
  readonly digest: Digest;
  readonly size: number;
  /** It was there already. */
  readonly existed: boolean;
}

export interface AddBlobOptions {
  readonly signal?: AbortSignal;
  /** Compared with the free space before the first byte is written. */
  readonly expectedBytes?: number;
}

/** The store that kit and we share, at the same time (spec 4). Reading takes no lock and works on a read-only disk. */
export class LocalStore {
  readonly home: string;

  constructor(home: string, _options: StoreOptions = {}) {
    this.home = home;
  }

  /** @param name `registry/repository` */
  repository(name: string, _hooks: StoreHooks = {}): LocalRepository {
    throw new EngineError('INTERNAL', name);
  }

  /** Names, sorted; one that cannot be read is reported as a warning. */
  async repositories(): Promise<readonly string[]> {
    return [];
  }

  /** Stores content whose digest is not known yet. @throws EngineError DISK_FULL, PERMISSION_DENIED, IO_ERROR, CANCELLED */
  async addBlob(_content: AsyncIterable<Uint8Array>, _options: AddBlobOptions = {}): Promise<SavedBlob> {
    throw new EngineError('INTERNAL', this.home);
  }

  /** Fails before anything is hashed when nothing could be stored. @throws EngineError PERMISSION_DENIED, STORE_UNSUPPORTED */
  async prepareForWriting(): Promise<void> {}
}
