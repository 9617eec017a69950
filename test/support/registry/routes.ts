import type { IncomingMessage } from 'node:http';
import { errorReply, type Reply, reply } from './reply.ts';
import { listing, Repositories } from './repositories.ts';
import type { Storage } from './storage.ts';

export interface Abilities {
  /** False answers 404 to `_catalog`. */
  readonly catalog: boolean;
  /** False answers 405 to DELETE. */
  readonly delete: boolean;
  /** False answers 202 to a mount, as a registry that cannot. */
  readonly mount: boolean;
  readonly chunkMinLength?: number;
  /** False takes no PATCH. */
  readonly patch: boolean;
}

export const ABILITIES: Abilities = { catalog: true, delete: true, mount: true, patch: true };

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly request: IncomingMessage;
}

/** The scope that a token needs for a request; undefined when any token will do. */
export function scopeOf(method: string, path: string): string | undefined {
  if (path === '/v2/_catalog') return 'registry:catalog:*';
  const name = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (method === 'DELETE' && !path.includes('/uploads/')) return `repository:${name}:delete`;
  return `repository:${name}:${method === 'GET' || method === 'HEAD' ? 'pull' : 'pull,push'}`;
}

/** The endpoints of the distribution-spec. */
export class Routes {
  readonly repositories: Repositories;
  readonly #storage: Storage;
  readonly #abilities: Abilities;

  constructor(storage: Storage, abilities: Abilities) {
    this.repositories = new Repositories(storage);
    this.#storage = storage;
    this.#abilities = abilities;
  }

  async answer(incoming: Incoming, ignoreRange: boolean): Promise<Reply> {
    const { pathname } = incoming.url;
    if (pathname === '/v2/') return reply(200, { 'content-type': 'application/json' }, '{}');
    if (pathname === '/v2/_catalog') return this.#catalog(incoming.url);
    const [, name = '', kind, rest = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.*)$/.exec(pathname) ?? [];
    if (kind === 'manifests') return await this.#manifest(incoming, name, rest);
    if (kind === 'tags') return this.#tags(incoming.url, name);
    if (kind === 'blobs' && rest.startsWith('uploads/'))
      return await this.#upload(incoming, name, rest.slice('uploads/'.length));
    if (kind === 'blobs') return await this.#blob(incoming, name, rest, ignoreRange);
    return errorReply(404, 'NOT_FOUND', 'no such endpoint');
  }

  /** Keeps the bytes of a request that is about to be cut. */
  async keepPartial(incoming: Incoming, chunk: Buffer): Promise<void> {
    const id = /\/uploads\/([^/?]+)$/.exec(incoming.url.pathname)?.[1];
    if (id !== undefined) await this.#storage.append(id, chunk);
  }

  #catalog(url: URL): Reply {
    if (!this.#abilities.catalog) return errorReply(404, 'UNSUPPORTED', 'no catalog here');
    return listing('repositories', this.repositories.names(), url);
  }

  #tags(url: URL, name: string): Reply {
    const tags = this.repositories.tags(name);
    return tags
      ? listing('tags', tags, url, { name })
      : errorReply(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  }

  async #manifest({ method, request }: Incoming, name: string, reference: string): Promise<Reply> {
    if (method === 'PUT')
      return this.repositories.putManifest(
        name,
        reference,
        request.headers['content-type'] ?? '',
        await readBody(request),
      );
    if (method === 'DELETE')
      return this.#abilities.delete
        ? this.repositories.deleteManifest(name, reference)
        : errorReply(405, 'UNSUPPORTED', 'no');
    const found = this.repositories.manifest(name, reference);
    if (!found) return errorReply(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    const { digest, manifest } = found;
    return withoutBody(
      method,
      reply(200, { 'content-type': manifest.mediaType, 'docker-content-digest': digest }, manifest.bytes),
    );
  }

  async #blob({ method, request }: Incoming, name: string, digest: string, ignoreRange: boolean): Promise<Reply> {
    const bytes = await this.repositories.readBlob(name, digest);
    if (!bytes) return errorReply(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
    };
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]);
    if (Number.isNaN(from) || ignoreRange) return withoutBody(method, reply(200, headers, bytes));
    if (from >= bytes.length) return errorReply(416, 'RANGE_INVALID', 'beyond the end');
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    return reply(206, { ...headers, 'content-range': range }, bytes.subarray(from));
  }

  async #upload(incoming: Incoming, name: string, id: string): Promise<Reply> {
    const { method, url } = incoming;
    if (id === '')
      return method === 'POST' ? await this.#start(url, name) : errorReply(405, 'UNSUPPORTED', 'POST only');
    const size = await this.#storage.uploadSize(id);
    if (size === undefined) return errorReply(404, 'BLOB_UPLOAD_UNKNOWN', 'upload unknown');
    switch (method) {
      case 'GET':
        return reply(204, session(name, id, size));
      case 'PATCH':
        return this.#abilities.patch
          ? await this.#patch(incoming, name, id, size)
          : errorReply(405, 'UNSUPPORTED', 'no chunks');
      case 'PUT':
        return await this.#finish(incoming, name, id);
      default:
        await this.#storage.abandon(id);
        return reply(204);
    }
  }

  async #start(url: URL, name: string): Promise<Reply> {
    const [mount, from] = [url.searchParams.get('mount'), url.searchParams.get('from')];
    if (mount && from && this.#abilities.mount && this.repositories.hasBlob(from, mount)) {
      this.repositories.addBlob(name, mount);
      return reply(201, { location: `/v2/${name}/blobs/${mount}` });
    }
    const least = this.#abilities.chunkMinLength;
    const hint = least === undefined ? {} : { 'oci-chunk-min-length': String(least) };
    return reply(202, { ...session(name, await this.#storage.startUpload(), 0), ...hint });
  }

  async #patch({ request }: Incoming, name: string, id: string, size: number): Promise<Reply> {
    const start = Number(/^(\d+)-\d+$/.exec(request.headers['content-range'] ?? '')?.[1] ?? size);
    if (start !== size) return errorReply(416, 'RANGE_INVALID', `expected ${size}`, session(name, id, size));
    for await (const chunk of request as AsyncIterable<Buffer>) await this.#storage.append(id, chunk);
    return reply(202, session(name, id, (await this.#storage.uploadSize(id)) ?? 0));
  }

  async #finish({ request, url }: Incoming, name: string, id: string): Promise<Reply> {
    for await (const chunk of request as AsyncIterable<Buffer>) await this.#storage.append(id, chunk);
    const digest = url.searchParams.get('digest') ?? '';
    if (!(await this.#storage.finish(id, digest)))
      return errorReply(400, 'DIGEST_INVALID', 'provided digest did not match');
    this.repositories.addBlob(name, digest);
    return reply(201, { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest });
  }
}

function session(name: string, id: string, size: number): Record<string, string> {
  return { location: `/v2/${name}/blobs/uploads/${id}?state=${size}`, range: `0-${Math.max(0, size - 1)}` };
}

function withoutBody(method: string, full: Reply): Reply {
  return method === 'HEAD' ? { ...full, body: Buffer.alloc(0), length: full.body.length } : full;
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
