import { EngineError, isEngineError } from '../errors.ts';
import type { BlobStream, OpenContent } from '../store/store.ts';
import { Tries } from './retry.ts';
import { SentBytes } from './sentBytes.ts';
import { type UploadContext, UploadSession } from './uploadSession.ts';
import { type UploadStrategy, uploadStrategy } from './uploadStrategy.ts';

/** So many further sessions are opened when the registry loses one (bad-inputs C24). */
const MAX_LOST_SESSIONS = 2;

export interface UploadOptions {
  /** Repositories of the same registry that may have the blob already. */
  readonly mountFrom: readonly string[];
  readonly onBytes?: (done: number) => void;
  /** True when the registry has the blob by now. */
  readonly exists: () => Promise<boolean>;
}

/**
 * Uploads a blob: mounted from another repository if that is possible, else in one request or in chunks (spec 5.5). After
 * a lost connection it goes on at the offset that the registry reports.
 * @throws EngineError BLOB_DIGEST_MISMATCH when we or the registry find other bytes, REGISTRY_*, NETWORK_*
 */
export async function uploadBlob(context: UploadContext, open: OpenContent, options: UploadOptions): Promise<void> {
  const session = await startSession(context, options.mountFrom);
  if (session) await new BlobUpload(context, session, open, options).run();
}

/** @returns undefined when a mount made the upload unnecessary */
async function startSession(context: UploadContext, mountFrom: readonly string[]): Promise<UploadSession | undefined> {
  const { node, address } = context;
  for (const from of mountFrom) {
    const query = new URLSearchParams({ mount: node.digest, from });
    const scopes = [...address.push, `repository:${from}:pull`];
    const mounted = await post(context, `${address.uploads}?${query}`, scopes).catch(refusedMount);
    if (mounted) return mounted.status === 201 ? undefined : new UploadSession(context, mounted);
  }
  return await freshSession(context);
}

async function freshSession(context: UploadContext): Promise<UploadSession> {
  return new UploadSession(context, await post(context, context.address.uploads, context.address.push));
}

async function post({ client, node, signal }: UploadContext, to: string, scopes: readonly string[]) {
  const response = await client.send({
    method: 'POST',
    to,
    scopes,
    accept: [201, 202],
    doing: `upload the blob ${node.digest}`,
    headers: { 'content-length': '0' },
    ...(signal ? { signal } : {}),
  });
  await response.discard();
  return response;
}

/** What the registry does not want to mount is uploaded (C25); every other failure stays one. */
function refusedMount(error: unknown): undefined {
  if (isEngineError(error) && typeof error.facts.status === 'number' && error.facts.status < 500) return undefined;
  throw error;
}

/** One upload with all its ways to recover. */
class BlobUpload {
  readonly #context: UploadContext;
  readonly #open: OpenContent;
  readonly #options: UploadOptions;
  readonly #tries: Tries;
  readonly #sent: SentBytes;
  #session: UploadSession;
  #strategy: UploadStrategy;
  #at = 0;
  #lostSessions = 0;

  constructor(context: UploadContext, session: UploadSession, open: OpenContent, options: UploadOptions) {
    this.#context = context;
    this.#session = session;
    this.#open = open;
    this.#options = options;
    this.#tries = new Tries(context.client.patience(context.signal));
    this.#sent = new SentBytes(context.node);
    const { limits } = context.client;
    this.#strategy = uploadStrategy(session.location, context.node.size, session.minLength, limits);
  }

  async run(): Promise<void> {
    try {
      while (!(await this.#attempt()));
    } catch (error) {
      await this.#session.abandon();
      throw error;
    }
  }

  /** @returns true when the blob is there */
  async #attempt(): Promise<boolean> {
    try {
      if (this.#strategy.kind === 'chunks') await this.#sendChunks(this.#strategy.chunkBytes);
      else await this.#sendRest();
      return true;
    } catch (error) {
      return await this.#recover(error);
    }
  }

  async #sendRest(): Promise<void> {
    const rest = this.#context.node.size - this.#at;
    await this.#session.put(rest, () => this.#piece(this.#at, rest));
  }

  async #sendChunks(chunkBytes: number): Promise<void> {
    const { size } = this.#context.node;
    while (this.#at < size) {
      const length = Math.min(chunkBytes, size - this.#at);
      await this.#session.patch(this.#at, length, () => this.#piece(this.#at, length));
      this.#at += length;
      this.#tries.progressed(this.#at);
    }
    await this.#session.put(0);
  }

  /** Opens the content anew for each request, so that one can be repeated after a login. */
  async #piece(from: number, length: number): Promise<BlobStream> {
    return this.#counted(this.#sent.pass(cut(await this.#open(from), length), from), from);
  }

  async *#counted(stream: BlobStream, from: number): BlobStream {
    let at = from;
    for await (const chunk of stream) {
      yield chunk;
      at += chunk.byteLength;
      this.#options.onBytes?.(at);
    }
  }

  /** Decides how to go on after a failure. @returns true when the blob is there all the same */
  async #recover(error: unknown): Promise<boolean> {
    const status = isEngineError(error) ? error.facts.status : undefined;
    if (isDigestRefusal(error)) throw digestMismatch(this.#context, error);
    if (status === 413) return await this.#smallerChunks(error);
    if (status === 404) return await this.#lostSession(error);
    if (status === 405 && this.#strategy.kind === 'chunks') return await this.#inOneRequest();
    await this.#tries.next(status === 416 ? lostCount(this.#context, error) : error);
    if (await this.#options.exists()) return true;
    return await this.#goOn();
  }

  /** Asks where to go on. Where blobs go up in one request, or the session is gone, it begins again. */
  async #goOn(): Promise<false> {
    const { size } = this.#context.node;
    const offset = this.#strategy.kind === 'chunks' ? await this.#session.offset() : await this.#takeUp();
    if (offset === undefined || offset > size) return await this.#restart();
    this.#at = offset;
    return false;
  }

  /** A cut PUT can only be taken up by PATCH: what has arrived is asked for, and the strategy changes. */
  async #takeUp(): Promise<number | undefined> {
    const { minLength, location } = this.#session;
    const chunks = uploadStrategy(location, Number.MAX_SAFE_INTEGER, minLength, this.#context.client.limits);
    const offset = chunks.kind === 'chunks' ? await this.#session.offset() : undefined;
    if (offset === undefined || offset === 0) return undefined;
    this.#strategy = chunks;
    return offset;
  }

  async #lostSession(error: unknown): Promise<false> {
    this.#lostSessions += 1;
    if (this.#lostSessions > MAX_LOST_SESSIONS) throw unavailable(this.#context, error);
    return await this.#restart();
  }

  async #restart(): Promise<false> {
    this.#session = await freshSession(this.#context);
    this.#at = 0;
    return false;
  }

  async #inOneRequest(): Promise<false> {
    this.#strategy = { kind: 'put' };
    await this.#session.abandon();
    return await this.#restart();
  }

  /** A proxy before the registry limits the size of a request (C10): half of it, down to 5 MiB. */
  async #smallerChunks(error: unknown): Promise<false> {
    const { node, client } = this.#context;
    const now = this.#strategy.kind === 'chunks' ? Math.min(this.#strategy.chunkBytes, node.size) : node.size;
    const chunkBytes = Math.max(client.limits.minChunkBytes, Math.ceil(now / 2));
    if (chunkBytes >= now) throw error;
    this.#strategy = { kind: 'chunks', chunkBytes };
    return await this.#goOn();
  }
}

/** The first bytes of a stream. */
async function* cut(stream: BlobStream, length: number): BlobStream {
  let left = length;
  for await (const chunk of stream) {
    const part = chunk.subarray(0, left);
    left -= part.byteLength;
    if (part.byteLength > 0) yield part;
    if (left === 0) return;
  }
}

function isDigestRefusal(error: unknown): boolean {
  if (!isEngineError(error) || error.code !== 'REGISTRY_REJECTED') return false;
  const codes = error.facts.registryCodes;
  return Array.isArray(codes) && codes.includes('DIGEST_INVALID');
}

function digestMismatch({ node, client }: UploadContext, cause: unknown): EngineError {
  return new EngineError(
    'BLOB_DIGEST_MISMATCH',
    `${client.host} got other bytes than the digest ${node.digest} says.`,
    {
      advice: 'The local copy may be damaged: pack or pull the ModelKit again, then push.',
      facts: { digest: node.digest, host: client.host },
      cause,
    },
  );
}

function unavailable({ node, client }: UploadContext, cause: unknown): EngineError {
  return new EngineError('REGISTRY_UNAVAILABLE', `${client.host} loses the upload of ${node.digest} again and again.`, {
    advice: 'Try again later; blobs that are complete are not sent again.',
    facts: { digest: node.digest, host: client.host },
    cause,
  });
}

function lostCount({ client }: UploadContext, cause: unknown): EngineError {
  return new EngineError(
    'REGISTRY_UNAVAILABLE',
    `${client.host} expects another part of an upload than the next one.`,
    {
      advice: 'Try again; blobs that are complete are not sent again.',
      facts: { host: client.host, status: 416 },
      cause,
    },
  );
}
