import { EngineError } from '../../engine/errors.ts';
import type { Descriptor } from '../../engine/oci/descriptor.ts';
import type { BlobStream, FetchOptions, OpenContent, PushOptions, Target } from '../../engine/store/store.ts';
import { descriptorOf, readAll, type SmallKit } from './blobs.ts';

/** A repository in memory that really checks digests. */
export class MemoryRepository implements Target {
  readonly tags = new Map<string, Descriptor>();
  readonly #blobs = new Map<string, { node: Descriptor; bytes: Buffer }>();

  get digests(): readonly string[] {
    return [...this.#blobs.keys()].sort();
  }

  add(bytes: Buffer, mediaType?: string): void {
    const node = descriptorOf(bytes, mediaType);
    this.#blobs.set(node.digest, { node, bytes });
  }

  delete(digest: string): void {
    this.#blobs.delete(digest);
  }

  async fetch(node: Descriptor, { offset = 0 }: FetchOptions = {}): Promise<BlobStream> {
    const blob = this.#blobs.get(node.digest);
    if (!blob) throw new EngineError('BLOB_MISSING', `${node.digest} is not here.`);
    return pieces(blob.bytes.subarray(offset));
  }

  async exists(node: Descriptor): Promise<boolean> {
    return this.#blobs.has(node.digest);
  }

  async push(node: Descriptor, open: OpenContent, { onBytes }: PushOptions = {}): Promise<void> {
    const bytes = await readAll(await open(0));
    if (descriptorOf(bytes).digest !== node.digest)
      throw new EngineError('BLOB_DIGEST_MISMATCH', `${node.digest} came with other bytes.`);
    this.#blobs.set(node.digest, { node, bytes });
    onBytes?.(bytes.byteLength);
  }

  async resolve(reference: string): Promise<Descriptor> {
    const found = this.tags.get(reference) ?? this.#blobs.get(reference)?.node;
    if (!found) throw new EngineError('REFERENCE_NOT_FOUND', `${reference} is not here.`);
    return found;
  }

  async tag(node: Descriptor, tag: string): Promise<void> {
    this.tags.set(tag, node);
  }
}

async function* pieces(bytes: Buffer): BlobStream {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

/** Repositories in memory by name, in the place of the local store. */
export class MemoryStoreOfRepositories {
  readonly #repositories = new Map<string, MemoryRepository>();

  get names(): readonly string[] {
    return [...this.#repositories.keys()].sort();
  }

  repository(name: string): MemoryRepository {
    const known = this.#repositories.get(name) ?? new MemoryRepository();
    this.#repositories.set(name, known);
    return known;
  }

  async discard(digests: readonly string[]): Promise<void> {
    for (const repository of this.#repositories.values()) for (const digest of digests) repository.delete(digest);
  }

  /** Puts a whole kit under a tag. */
  addKit(name: string, tag: string, kit: SmallKit): void {
    const repository = this.repository(name);
    for (const bytes of [kit.config, kit.layer]) repository.add(bytes);
    repository.add(kit.manifest, kit.descriptor.mediaType);
    repository.tags.set(tag, kit.descriptor);
  }
}
