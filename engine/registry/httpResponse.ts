import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { EngineError } from '../errors.ts';
import type { BlobStream } from '../store/store.ts';
import type { Secrets } from './secrets.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface ResponseParts {
  readonly status: number;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: BlobStream;
}

/** An answer whose body has not been read yet. Read it or discard it: the connection waits. */
export class HttpResponse {
  readonly status: number;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly #headers: Headers;
  readonly body: BlobStream;
  readonly #discard: () => Promise<void>;
  readonly #secrets: Secrets;

  constructor({ status, url, headers, body }: ResponseParts, discard: () => Promise<void>, secrets: Secrets) {
    this.status = status;
    this.url = url;
    this.#headers = headers;
    this.body = body;
    this.#discard = discard;
    this.#secrets = secrets;
  }

  /** One header, its repetitions joined with commas. */
  header(name: string): string | undefined {
    const value = this.#headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** Media type of the body in lower case, without parameters. */
  get mediaType(): string {
    return (this.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  }

  /** `Content-Length`, when it is a number. */
  get length(): number | undefined {
    const text = this.header('content-length') ?? '';
    return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  }

  /** Reads little and gives the connection back, or drops it. */
  async discard(): Promise<void> {
    await this.#discard();
  }

  /**
   * The whole body, decompressed (bad-inputs C17).
   * @throws EngineError METADATA_TOO_LARGE beyond `limit` bytes, before and after decompression
   */
  async bytes(limit: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.body) {
      size += chunk.byteLength;
      if (size > limit) throw tooLarge(this.url, limit);
      chunks.push(chunk);
    }
    return await decoded(Buffer.concat(chunks), this, limit);
  }

  /** The first bytes of the body, for a sentence about it, without our secrets; what follows is dropped. */
  async start(limit: number): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.body) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= limit) break;
    }
    return this.#secrets.redact(Buffer.concat(chunks).subarray(0, limit).toString());
  }
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
};

async function decoded(bytes: Buffer, response: HttpResponse, limit: number): Promise<Buffer> {
  const encoding = contentEncoding(response);
  if (encoding === '') return bytes;
  const decode = DECODERS[encoding];
  if (!decode) throw encodingRefused(response.url, encoding);
  return await decode(bytes, { maxOutputLength: limit }).catch((error: unknown) => {
    if (error instanceof RangeError) throw tooLarge(response.url, limit);
    throw encodingRefused(response.url, encoding);
  });
}

/** `Content-Encoding`, empty for identity. We ask for identity; some proxies compress all the same. */
export function contentEncoding(response: HttpResponse): string {
  const encoding = (response.header('content-encoding') ?? '').trim().toLowerCase();
  return encoding === 'identity' ? '' : encoding;
}

export function encodingRefused(url: URL, encoding: string): EngineError {
  return new EngineError('REGISTRY_PROTOCOL', `${url.host} sends an answer encoded as "${encoding.slice(0, 40)}".`, {
    advice: 'A proxy on the way may compress answers: exclude the registry from it.',
    facts: { host: url.host },
  });
}

function tooLarge(url: URL, limit: number): EngineError {
  return new EngineError('METADATA_TOO_LARGE', `An answer of ${url.host} is larger than ${limit} bytes.`, {
    advice: 'Check that the host is a registry.',
    facts: { host: url.host, limit },
  });
}
