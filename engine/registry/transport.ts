import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { EngineError } from '../errors.ts';
import type { BlobStream } from '../store/store.ts';
import { Dispatchers, type Route } from './dispatchers.ts';
import { HttpResponse } from './httpResponse.ts';
import { DEFAULT_LIMITS, type NetworkLimits } from './limits.ts';
import { fromNetworkError, type Journey, stalled } from './networkErrors.ts';
import type { NetworkOptions } from './networkOptions.ts';
import { Secrets } from './secrets.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  readonly method: Method;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | BlobStream;
  readonly signal?: AbortSignal;
  /** Milliseconds to the head of the answer, when the usual limit does not fit. */
  readonly firstByteMs?: number;
}

/** One HTTP exchange with limits and readable errors; knows no redirects, no retries, no credentials. */
export class Transport {
  readonly limits: NetworkLimits;
  /** What its requests carried. */
  readonly secrets = new Secrets();
  readonly #dispatchers: Dispatchers;
  readonly #userAgent: string;

  constructor(options: NetworkOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#dispatchers = new Dispatchers(options, this.limits);
    this.#userAgent = options.userAgent ?? 'modelkit';
  }

  /**
   * @throws EngineError NETWORK_UNREACHABLE, NETWORK_TIMEOUT, TLS_FAILED, PROXY_FAILED, REGISTRY_PROTOCOL,
   *   METADATA_TOO_LARGE, REDIRECT_REFUSED, CANCELLED; reading the body throws the same
   */
  async exchange(request: HttpRequest, route: Route): Promise<HttpResponse> {
    this.secrets.noteRequest(request.url, request.headers);
    const { dispatcher, proxy } = await this.#dispatchers.choose(request.url, route);
    const journey: Journey = { url: request.url, ...(proxy === undefined ? {} : { proxy }) };
    const stall = new AbortController();
    try {
      const answer = await dispatcher.request(this.#undiciOptions(request, stall));
      const body = watched(answer.body, journey, this.limits, request.signal);
      const parts = { status: answer.statusCode, url: request.url, headers: answer.headers, body };
      return new HttpResponse(parts, () => discard(answer.body), this.secrets);
    } catch (error) {
      throw failure(stall.signal.aborted ? stall.signal.reason : error, journey, request.signal);
    }
  }

  async close(): Promise<void> {
    await this.#dispatchers.close();
  }

  #undiciOptions(request: HttpRequest, stall: AbortController): Dispatcher.RequestOptions {
    const { url, method, body, signal } = request;
    return {
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': this.#userAgent, 'accept-encoding': 'identity', ...request.headers },
      headersTimeout: request.firstByteMs ?? this.limits.firstByteMs,
      bodyTimeout: this.limits.idleMs,
      body: body === undefined || body instanceof Uint8Array ? (body ?? null) : sentBody(body, url, this.limits, stall),
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    };
  }
}

/** What a failed exchange is called; an aborted signal goes before every other reason. */
function failure(error: unknown, journey: Journey, signal: AbortSignal | undefined): EngineError {
  if (signal?.aborted) return new EngineError('CANCELLED', 'Cancelled.', { cause: error });
  return fromNetworkError(error, journey);
}

/** A body to send. When the other side stops taking it, the request ends; a slow disk of ours may take its time. */
function sentBody(body: BlobStream, url: URL, limits: NetworkLimits, stall: AbortController): Readable {
  const chunks = async function* () {
    for await (const chunk of body) {
      const timer = setTimeout(() => stall.abort(stalled(url)), limits.idleMs);
      try {
        yield chunk;
      } finally {
        clearTimeout(timer);
      }
    }
  };
  return Readable.from(chunks(), { objectMode: false });
}

async function discard(body: Dispatcher.ResponseData['body']): Promise<void> {
  if (body.destroyed) return;
  await body.dump({ limit: 64 * 1024 }).catch(() => body.destroy());
}

/** Passes a body on, names its failures, and ends one that trickles below the slowest speed allowed. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  journey: Journey,
  limits: NetworkLimits,
  signal: AbortSignal | undefined,
): BlobStream {
  let waited = 0;
  let received = 0;
  let asked = performance.now();
  try {
    for await (const chunk of body) {
      waited += performance.now() - asked;
      received += chunk.byteLength;
      if (waited >= limits.idleMs) {
        if (received < (limits.minBytesPerSecond * waited) / 1000) throw stalled(journey.url);
        waited = 0;
        received = 0;
      }
      yield chunk;
      asked = performance.now();
    }
  } catch (error) {
    throw failure(error, journey, signal);
  }
}
