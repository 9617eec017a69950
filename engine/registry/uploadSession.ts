import { isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { BlobStream } from '../store/store.ts';
import type { HttpResponse } from './httpResponse.ts';
import { resolveLocation } from './redirects.ts';
import type { RegistryClient } from './registryClient.ts';
import { protocolError } from './registryErrors.ts';
import type { RepositoryAddress } from './repositoryAddress.ts';

const OCTETS = { 'content-type': 'application/octet-stream' };
const GIB = 1024 ** 3;
/** A cancelled upload must be gone within five seconds (bad-inputs, "Limits"). */
const ABANDON_MS = 3_000;

/** What all requests of one upload share. */
export interface UploadContext {
  readonly client: RegistryClient;
  readonly address: RepositoryAddress;
  readonly node: Descriptor;
  readonly signal: AbortSignal | undefined;
}

/** An upload session of the distribution-spec: its address changes with each answer. */
export class UploadSession {
  /** `OCI-Chunk-Min-Length` of the first answer. */
  readonly minLength: string | undefined;
  readonly #context: UploadContext;
  #location: URL;

  constructor(context: UploadContext, opening: HttpResponse) {
    this.#context = context;
    this.#location = locationOf(opening);
    this.minLength = opening.header('oci-chunk-min-length');
  }

  get location(): URL {
    return this.#location;
  }

  /** The rest of the blob and the end of the session in one request. */
  async put(length: number, stream?: () => Promise<BlobStream>): Promise<void> {
    const { node, client } = this.#context;
    const to = new URL(this.#location);
    to.searchParams.set('digest', node.digest);
    const { commitMs, commitMsPerGiB } = client.limits;
    const response = await client.send({
      ...this.#shared(),
      method: 'PUT',
      to,
      accept: [201, 204],
      headers: { ...OCTETS, 'content-length': String(length) },
      ...(length > 0 && stream ? { stream } : {}),
      firstByteMs: commitMs + (commitMsPerGiB * node.size) / GIB,
    });
    await response.discard();
  }

  /** One piece. The answer's `Range` must say that all of it has arrived. */
  async patch(start: number, length: number, stream: () => Promise<BlobStream>): Promise<void> {
    const end = start + length - 1;
    const response = await this.#context.client.send({
      ...this.#shared(),
      method: 'PATCH',
      to: this.#location,
      accept: [202],
      headers: { ...OCTETS, 'content-length': String(length), 'content-range': `${start}-${end}` },
      stream,
    });
    await response.discard();
    this.#location = locationOf(response);
    const arrived = arrivedBytes(response);
    if (arrived !== end + 1)
      throw protocolError(response.url.host, `it confirms ${arrived ?? 'no'} bytes of an upload of ${end + 1}`);
  }

  /** Asks how many bytes have arrived; undefined when the session is gone or does not tell. */
  async offset(): Promise<number | undefined> {
    try {
      const response = await this.#context.client.send({
        ...this.#shared(),
        method: 'GET',
        to: this.#location,
        accept: [204, 202, 200],
      });
      await response.discard();
      if (response.header('location') !== undefined) this.#location = locationOf(response);
      return arrivedBytes(response);
    } catch (error) {
      if (isEngineError(error) && typeof error.facts.status === 'number') return undefined;
      throw error;
    }
  }

  /** Tells the registry that the session is not needed any more; whether it listens does not matter. */
  async abandon(): Promise<void> {
    const { client, address, node } = this.#context;
    const request = {
      method: 'DELETE',
      to: this.#location,
      scopes: address.push,
      accept: [204, 202, 200, 404],
      retry: false,
      firstByteMs: ABANDON_MS,
    } as const;
    const response = await client
      .send({ ...request, doing: `give up the upload of ${node.digest}` })
      .catch(() => undefined);
    await response?.discard();
  }

  #shared() {
    const { address, node, signal } = this.#context;
    return {
      scopes: address.push,
      doing: `upload the blob ${node.digest}`,
      retry: false,
      ...(signal ? { signal } : {}),
    } as const;
  }
}

/** @throws EngineError REGISTRY_PROTOCOL when there is none (bad-inputs C22), REDIRECT_REFUSED */
function locationOf(response: HttpResponse): URL {
  const location = response.header('location');
  if (location === undefined) throw protocolError(response.url.host, 'it opens an upload without saying where');
  return withPort(resolveLocation(location, response.url), response.url);
}

/** A registry behind a proxy may forget the port of its own address (spec 5.4). */
function withPort(location: URL, from: URL): URL {
  if (location.hostname === from.hostname && location.port === '' && from.port !== '') location.port = from.port;
  return location;
}

/** `Range: 0-<end>`, with or without a unit; an empty session says 0-0, as 1 byte would: it is then sent again. */
function arrivedBytes(response: HttpResponse): number | undefined {
  const match = /^(?:bytes[= ])?0-(\d+)$/.exec((response.header('range') ?? '').trim());
  if (!match) return undefined;
  const end = Number(match[1]);
  return end === 0 && response.status !== 202 ? 0 : end + 1;
}
