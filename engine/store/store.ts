import type { Descriptor } from '../oci/descriptor.ts';

/** Bytes of a blob, in order. Whoever reads must verify: see verify.ts. */
export type BlobStream = AsyncIterable<Uint8Array>;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** First byte wanted; 0 unless told. */
  readonly offset?: number;
  /**
   * True when the caller keeps no chunk: then a blob of any size passes through the same few buffers (bufferRing.ts).
   */
  readonly reuseBuffers?: boolean;
}

export interface Fetcher {
  /** @throws EngineError BLOB_MISSING */
  fetch(node: Descriptor, options?: FetchOptions): Promise<BlobStream>;
}

export interface PushOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes of this blob that have arrived so far. */
  readonly onBytes?: (done: number) => void;
}

/** Opens the content from an offset; a push that resumes after a lost connection opens it again. */
export type OpenContent = (offset: number) => Promise<BlobStream>;

export interface Pusher {
  /**
   * Stores a blob or manifest; checks size and digest before it becomes visible. Storing what exists is success.
   * A chunk of the content may be overwritten some chunks later.
   */
  push(node: Descriptor, open: OpenContent, options?: PushOptions): Promise<void>;
}

export interface Resolver {
  /** @param reference a tag or a digest @throws EngineError REFERENCE_NOT_FOUND */
  resolve(reference: string, signal?: AbortSignal): Promise<Descriptor>;
}

export interface Tagger {
  tag(node: Descriptor, tag: string, signal?: AbortSignal): Promise<void>;
}

/** One repository that can be read: a local one or one in a registry. */
export interface Source extends Fetcher, Resolver {
  exists(node: Descriptor, signal?: AbortSignal): Promise<boolean>;
}

/** One repository that can be written. */
export interface Target extends Source, Pusher, Tagger {}

/** A repository that can list its tags. */
export interface TagLister {
  /** Tags in the repository's own order, page by page. */
  tags(signal?: AbortSignal): AsyncIterable<readonly string[]>;
}
