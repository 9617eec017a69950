import { EngineError, isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, isDigest, sha256 } from '../oci/digest.ts';
import { MAX_METADATA_BYTES } from '../oci/manifest.ts';
import type { BlobStream, FetchOptions, OpenContent, PushOptions, TagLister, Target } from '../store/store.ts';
import { downloadBlob } from './blobDownload.ts';
import { uploadBlob } from './blobUpload.ts';
import type { HttpResponse } from './httpResponse.ts';
import { ACCEPTED_MANIFESTS, isManifestType } from './manifestTypes.ts';
import { type Page, type PageRequest, readPage, readPages } from './paging.ts';
import type { RegistryClient } from './registryClient.ts';
import { notARegistry, protocolError } from './registryErrors.ts';
import { RepositoryAddress } from './repositoryAddress.ts';

/** One repository in a registry, over the distribution API (OCI distribution-spec 1.1). */
export class RemoteRepository implements Target, TagLister {
  readonly #client: RegistryClient;
  readonly #address: RepositoryAddress;
  readonly #mountFrom: readonly string[];
  /** The manifests that passed by, so that tagging one does not fetch it again. */
  readonly #manifests = new Map<string, Uint8Array>();

  /** @throws EngineError REFERENCE_INVALID for a name that no registry takes */
  constructor(client: RegistryClient, repository: string, mountFrom: readonly string[] = []) {
    this.#client = client;
    this.#address = new RepositoryAddress(repository);
    this.#mountFrom = mountFrom.filter((name) => name !== repository);
  }

  /** `registry/repository`, for messages. */
  get name(): string {
    return `${this.#client.host}/${this.#address.name}`;
  }

  /** @throws EngineError REFERENCE_NOT_FOUND, REFERENCE_INVALID, REGISTRY_*, NETWORK_* */
  async resolve(reference: string, signal?: AbortSignal): Promise<Descriptor> {
    const head = await this.#head(reference, signal);
    return head ?? (await this.#resolveByGet(reference, signal));
  }

  async fetch(node: Descriptor, options: FetchOptions = {}): Promise<BlobStream> {
    const { signal, offset = 0 } = options;
    if (isManifestType(node.mediaType)) return oneChunk((await this.#readManifest(node, signal)).subarray(offset));
    const download = { client: this.#client, address: this.#address, node, signal };
    return await downloadBlob(download, offset).catch((error: unknown) => {
      throw missingBlob(error, node, this.name);
    });
  }

  async exists(node: Descriptor, signal?: AbortSignal): Promise<boolean> {
    const manifest = isManifestType(node.mediaType);
    const response = await this.#client.send({
      method: 'HEAD',
      to: manifest ? this.#address.manifest(node.digest) : this.#address.blob(node.digest),
      scopes: this.#address.pull,
      accept: [200, 404],
      doing: `look for ${node.digest} in ${this.name}`,
      headers: manifest ? { accept: ACCEPTED_MANIFESTS } : {},
      ...(signal ? { signal } : {}),
    });
    await response.discard();
    return response.status === 200 && (response.length ?? node.size) === node.size;
  }

  async push(node: Descriptor, open: OpenContent, options: PushOptions = {}): Promise<void> {
    const { signal, onBytes } = options;
    if (isManifestType(node.mediaType)) {
      const bytes = await readWhole(await open(0), node);
      await this.#putManifest(node, bytes, node.digest, signal);
      onBytes?.(node.size);
      return;
    }
    const context = { client: this.#client, address: this.#address, node, signal };
    await uploadBlob(context, open, {
      mountFrom: this.#mountFrom,
      exists: () => this.exists(node, signal),
      ...(onBytes ? { onBytes } : {}),
    });
  }

  async tag(node: Descriptor, tag: string, signal?: AbortSignal): Promise<void> {
    const bytes = this.#manifests.get(node.digest) ?? (await this.#readManifest(node, signal));
    await this.#putManifest(node, bytes, tag, signal);
  }

  tags(signal?: AbortSignal): AsyncIterable<readonly string[]> {
    return readPages(this.#tagsRequest(undefined, signal));
  }

  /** One page of tags. @param after the `next` of the page before, or the last tag seen */
  tagsPage(
    options: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Page> {
    return readPage(this.#tagsRequest(options.limit, options.signal), options.after);
  }

  /**
   * Deletes a tag, or a manifest with all its tags (spec 5.7).
   * @param reference a tag or a digest
   * @throws EngineError REGISTRY_UNSUPPORTED where the registry does not allow it, REFERENCE_NOT_FOUND
   */
  async deleteManifest(reference: string, signal?: AbortSignal): Promise<void> {
    const response = await this.#client.send({
      method: 'DELETE',
      to: this.#address.manifest(reference),
      scopes: this.#address.delete,
      accept: [200, 202, 204],
      doing: `remove ${this.#shown(reference)}`,
      ...(signal ? { signal } : {}),
    });
    await response.discard();
  }

  /** Undefined when the registry answers HEAD incompletely or not at all: some do. */
  async #head(reference: string, signal: AbortSignal | undefined): Promise<Descriptor | undefined> {
    const response = await this.#requestManifest('HEAD', reference, [200, 400, 405, 501], signal);
    await response.discard();
    const digest = isDigest(reference) ? reference : (response.header('docker-content-digest') ?? '');
    const { mediaType, length, status } = response;
    if (status !== 200 || !isDigest(digest) || !isManifestType(mediaType) || !length) return undefined;
    return { mediaType, digest, size: length };
  }

  async #resolveByGet(reference: string, signal: AbortSignal | undefined): Promise<Descriptor> {
    const response = await this.#requestManifest('GET', reference, [200], signal);
    const bytes = await response.bytes(MAX_METADATA_BYTES);
    const digest = isDigest(reference) ? reference : sha256(bytes);
    const node = { mediaType: this.#manifestType(response, bytes), digest, size: bytes.byteLength };
    if (!matches(bytes, node)) throw digestMismatch(node, this.name);
    this.#manifests.set(digest, bytes);
    return node;
  }

  /** Our own hash alone decides; one fresh try (bad-inputs C16). */
  async #readManifest(node: Descriptor, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const known = this.#manifests.get(node.digest);
    if (known) return known;
    for (let left = 1; ; left -= 1) {
      const response = await this.#requestManifest('GET', node.digest, [200], signal);
      const bytes = await response.bytes(MAX_METADATA_BYTES);
      if (matches(bytes, node)) {
        this.#manifests.set(node.digest, bytes);
        return bytes;
      }
      this.#manifestType(response, bytes);
      if (left === 0) throw digestMismatch(node, this.name);
    }
  }

  #requestManifest(
    method: 'GET' | 'HEAD',
    reference: string,
    accept: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    return this.#client.send({
      method,
      to: this.#address.manifest(reference),
      scopes: this.#address.pull,
      accept,
      doing: `read ${this.#shown(reference)}`,
      headers: { accept: ACCEPTED_MANIFESTS },
      ...(signal ? { signal } : {}),
    });
  }

  /** The type in the header, else the one in the manifest. @throws EngineError REGISTRY_PROTOCOL for a page that is none */
  #manifestType(response: HttpResponse, bytes: Uint8Array): string {
    if (isManifestType(response.mediaType)) return response.mediaType;
    const { host } = this.#client;
    if (response.mediaType === 'text/html' || bytes.byteLength === 0)
      throw notARegistry(host, bytes.byteLength === 0 ? 'an empty answer' : 'an HTML page where a manifest belongs');
    const written = writtenType(bytes);
    if (written && isManifestType(written)) return written;
    throw protocolError(host, `it answers ${response.mediaType.slice(0, 80) || 'nothing'} where a manifest belongs`);
  }

  async #putManifest(
    node: Descriptor,
    bytes: Uint8Array,
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const response = await this.#client.send({
      method: 'PUT',
      to: this.#address.manifest(reference),
      scopes: this.#address.push,
      accept: [200, 201, 202],
      doing: `store ${this.#shown(reference)}`,
      headers: { 'content-type': node.mediaType },
      body: bytes,
      firstByteMs: this.#client.limits.commitMs,
      ...(signal ? { signal } : {}),
    });
    await response.discard();
    this.#manifests.set(node.digest, bytes);
  }

  #tagsRequest(limit: number | undefined, signal: AbortSignal | undefined): PageRequest {
    return {
      client: this.#client,
      path: this.#address.tags,
      field: 'tags',
      scopes: this.#address.pull,
      doing: `list the tags of ${this.name}`,
      ...(limit === undefined ? {} : { limit }),
      ...(signal ? { signal } : {}),
    };
  }

  #shown(reference: string): string {
    return `${this.name}${isDigest(reference) ? '@' : ':'}${reference}`;
  }
}

async function* oneChunk(bytes: Uint8Array): BlobStream {
  yield bytes;
}

async function readWhole(stream: BlobStream, node: Descriptor): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (matches(bytes, node)) return bytes;
  throw new EngineError('BLOB_DIGEST_MISMATCH', `The manifest to push is not ${node.digest}.`, {
    advice: 'Pack the ModelKit again.',
    facts: { digest: node.digest },
  });
}

function matches(bytes: Uint8Array, node: Descriptor): boolean {
  if (bytes.byteLength !== node.size) return false;
  const hex = digestHasher(node.digest).update(bytes).digest('hex');
  return node.digest.endsWith(`:${hex}`);
}

function writtenType(bytes: Uint8Array): string | undefined {
  try {
    const { mediaType } = JSON.parse(Buffer.from(bytes).toString()) as { mediaType?: unknown };
    return typeof mediaType === 'string' ? mediaType : undefined;
  } catch {
    return undefined;
  }
}

function digestMismatch(node: Descriptor, name: string): EngineError {
  return new EngineError('BLOB_DIGEST_MISMATCH', `${name} sends other bytes than the digest ${node.digest} says.`, {
    advice:
      'Something on the way changes them, or the registry is damaged: try another network, then tell its operator.',
    facts: { digest: node.digest },
  });
}

function missingBlob(error: unknown, node: Descriptor, name: string): unknown {
  if (!isEngineError(error) || error.code !== 'REFERENCE_NOT_FOUND') return error;
  return new EngineError('BLOB_MISSING', `${name} names the blob ${node.digest} but does not have it.`, {
    advice: 'Push the ModelKit again, from where it is whole.',
    facts: { digest: node.digest },
    cause: error,
  });
}
