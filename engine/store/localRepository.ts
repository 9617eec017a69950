import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { BlobStream, FetchOptions, OpenContent, PushOptions, TagLister, Target } from './store.ts';

/** One ModelKit of a repository. */
export interface LocalKit {
  readonly node: Descriptor;
  /** Sorted; empty for an untagged one. */
  readonly tags: readonly string[];
}

/** One repository of the local store. */
export interface LocalRepository extends Target, TagLister {
  /** `registry/repository`. */
  readonly name: string;
  /** Its ModelKits in the order of its index; entries of other kinds are left out. @throws EngineError STORE_CORRUPT */
  list(signal?: AbortSignal): Promise<readonly LocalKit[]>;
  tags(signal?: AbortSignal): AsyncIterable<readonly string[]>;
  resolve(reference: string, signal?: AbortSignal): Promise<Descriptor>;
  exists(node: Descriptor, signal?: AbortSignal): Promise<boolean>;
  fetch(node: Descriptor, options?: FetchOptions): Promise<BlobStream>;
  push(node: Descriptor, open: OpenContent, options?: PushOptions): Promise<void>;
  tag(node: Descriptor, tag: string, signal?: AbortSignal): Promise<void>;
  /** Takes a tag away; the manifest stays. @throws EngineError REFERENCE_NOT_FOUND */
  untag(tag: string, signal?: AbortSignal): Promise<void>;
  /** All tags of a manifest, then the manifest; blobs that no manifest names any more go (spec 4.4). */
  remove(digest: Digest, signal?: AbortSignal): Promise<{ readonly removedTags: readonly string[] }>;
}
