import { errorReply, jsonReply, type Reply, reply } from './reply.ts';
import { digestOf, type Storage } from './storage.ts';

interface Manifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

interface Repository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, Manifest>;
  readonly blobs: Set<string>;
}

/** What each repository holds. Blobs are shared below, but each repository must have got its own. */
export class Repositories {
  readonly #storage: Storage;
  readonly #map = new Map<string, Repository>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  names(): string[] {
    return [...this.#map.keys()].sort();
  }

  tags(name: string): string[] | undefined {
    const repository = this.#map.get(name);
    return repository && [...repository.tags.keys()].sort();
  }

  addBlob(name: string, digest: string): void {
    this.#open(name).blobs.add(digest);
  }

  hasBlob(name: string, digest: string): boolean {
    return this.#map.get(name)?.blobs.has(digest) ?? false;
  }

  async readBlob(name: string, digest: string): Promise<Buffer | undefined> {
    return this.hasBlob(name, digest) ? await this.#storage.read(digest) : undefined;
  }

  async deleteBlob(name: string, digest: string): Promise<void> {
    this.#map.get(name)?.blobs.delete(digest);
    await this.#storage.delete(digest);
  }

  manifest(name: string, reference: string): { digest: string; manifest: Manifest } | undefined {
    const repository = this.#map.get(name);
    const digest = reference.includes(':') ? reference : repository?.tags.get(reference);
    const manifest = digest === undefined ? undefined : repository?.manifests.get(digest);
    return digest === undefined || !manifest ? undefined : { digest, manifest };
  }

  /** Checks digest, JSON, and that all that it names is here, as the distribution registry does. */
  putManifest(name: string, reference: string, mediaType: string, bytes: Buffer): Reply {
    const digest = digestOf(bytes);
    if (reference.includes(':') && reference !== digest)
      return errorReply(400, 'DIGEST_INVALID', 'provided digest did not match');
    const missing = this.#missing(name, bytes);
    if (missing === undefined) return errorReply(400, 'MANIFEST_INVALID', 'manifest invalid');
    if (missing.length > 0)
      return errorReply(400, 'MANIFEST_BLOB_UNKNOWN', `blob unknown to registry: ${missing.join()}`);
    const repository = this.#open(name);
    repository.manifests.set(digest, { mediaType, bytes });
    if (!reference.includes(':')) repository.tags.set(reference, digest);
    return reply(201, { 'docker-content-digest': digest, location: `/v2/${name}/manifests/${digest}` });
  }

  deleteManifest(name: string, reference: string): Reply {
    const repository = this.#map.get(name);
    const found = this.manifest(name, reference);
    if (!repository || !found) return errorReply(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    if (!reference.includes(':')) repository.tags.delete(reference);
    else {
      repository.manifests.delete(found.digest);
      for (const [tag, digest] of repository.tags) if (digest === found.digest) repository.tags.delete(tag);
    }
    return reply(202);
  }

  #missing(name: string, bytes: Buffer): string[] | undefined {
    try {
      const { config, layers, manifests } = JSON.parse(bytes.toString());
      const blobs: { digest: string }[] = [...(config ? [config] : []), ...(layers ?? [])];
      const children: { digest: string }[] = manifests ?? [];
      const known = this.#map.get(name);
      return [
        ...blobs.filter(({ digest }) => !this.hasBlob(name, digest)),
        ...children.filter(({ digest }) => !known?.manifests.has(digest)),
      ].map(({ digest }) => digest);
    } catch {
      return undefined;
    }
  }

  #open(name: string): Repository {
    const repository = this.#map.get(name) ?? { tags: new Map(), manifests: new Map(), blobs: new Set() };
    this.#map.set(name, repository);
    return repository;
  }
}

/** A listing with `n`, `last` and `Link`. */
export function listing(
  field: string,
  all: readonly string[],
  url: URL,
  extra: Readonly<Record<string, string>> = {},
): Reply {
  const last = url.searchParams.get('last');
  const n = Number(url.searchParams.get('n') ?? all.length);
  const rest = last === null ? all : all.filter((name) => name > last);
  const page = rest.slice(0, n);
  const more = page.length < rest.length && page.length > 0;
  const link = `<${url.pathname}?n=${n}&last=${encodeURIComponent(page.at(-1) ?? '')}>; rel="next"`;
  return jsonReply(200, { ...extra, [field]: page }, more ? { link } : {});
}
