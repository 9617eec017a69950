import { isEngineError } from '../errors.ts';
import type { BlobStream } from '../store/store.ts';
import type { Authorizer } from './auth.ts';
import { TO_REGISTRY } from './dispatchers.ts';
import type { HostGate } from './hostGate.ts';
import type { HttpResponse } from './httpResponse.ts';
import type { NetworkLimits } from './limits.ts';
import { checkRedirectCount, isRedirect, resolveLocation, routeTo } from './redirects.ts';
import { registryError } from './registryErrors.ts';
import { type OnWaiting, type Patience, Tries } from './retry.ts';
import { unauthorized } from './tokens.ts';
import type { Method, Transport } from './transport.ts';

export interface RegistryRequest {
  readonly method: Method;
  /** Path and query below the registry's origin, or a whole URL that the registry gave. */
  readonly to: string | URL;
  /** What a token must allow, such as `repository:a/b:pull`. */
  readonly scopes: readonly string[];
  /** Answers that are a result; every other one becomes an error. */
  readonly accept: readonly number[];
  /** What is tried, as the middle of a sentence. */
  readonly doing: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** A long body, opened again when the request has to be repeated after a login. */
  readonly stream?: () => Promise<BlobStream>;
  readonly signal?: AbortSignal;
  readonly firstByteMs?: number;
  /** False for a request that its caller repeats himself. */
  readonly retry?: boolean;
}

/** Everything that requests to one registry share. */
export interface RegistryHost {
  /** As in references, with port. */
  readonly host: string;
  readonly origin: URL;
  readonly transport: Transport;
  readonly authorizer: Authorizer;
  readonly gate: HostGate;
}

/** Sends requests to one registry: authorization, redirects, retries and rate limits, in one place. */
export class RegistryClient {
  readonly #shared: RegistryHost;
  readonly #onWaiting: OnWaiting | undefined;

  constructor(shared: RegistryHost, onWaiting?: OnWaiting) {
    this.#shared = shared;
    this.#onWaiting = onWaiting;
  }

  get host(): string {
    return this.#shared.host;
  }

  get origin(): URL {
    return this.#shared.origin;
  }

  get limits(): NetworkLimits {
    return this.#shared.transport.limits;
  }

  /** True once the registry has wanted to see credentials and got them. */
  get isAuthorized(): boolean {
    return this.#shared.authorizer.isActive;
  }

  /** Host of the token server, when there is one. */
  get tokenServer(): string | undefined {
    return this.#shared.authorizer.tokenServer;
  }

  /** How long to be patient, for a loop of the caller's own. */
  patience(signal?: AbortSignal): Patience {
    return {
      limits: this.limits,
      ...(signal ? { signal } : {}),
      ...(this.#onWaiting ? { onWaiting: this.#onWaiting } : {}),
    };
  }

  /**
   * @returns an answer with one of the accepted statuses; its body is to be read or discarded
   * @throws EngineError the codes of Transport.exchange, REGISTRY_*, REFERENCE_NOT_FOUND, REDIRECT_REFUSED
   */
  async send(request: RegistryRequest): Promise<HttpResponse> {
    const patience = this.patience(request.signal);
    const tries = new Tries(patience);
    while (true) {
      try {
        return await this.#once(request, patience);
      } catch (error) {
        this.#heed(error);
        if (request.retry === false) throw error;
        await tries.next(error);
      }
    }
  }

  async #once(request: RegistryRequest, patience: Patience): Promise<HttpResponse> {
    await this.#shared.gate.pass(request.signal, this.#onWaiting);
    const response = await this.#authorized(request, patience);
    if (request.accept.includes(response.status)) return response;
    if (response.status === 401 && this.#isOwn(response.url)) {
      await response.discard();
      throw unauthorized(this.host, await this.#shared.authorizer.credential());
    }
    throw await registryError(response, request.doing, this.limits);
  }

  /** A rate limit holds back all requests to this host. */
  #heed(error: unknown): void {
    if (!isEngineError(error) || error.code !== 'REGISTRY_RATE_LIMITED' || error.facts.final === true) return;
    const { retryAfterMs } = error.facts;
    if (typeof retryAfterMs === 'number') this.#shared.gate.close(retryAfterMs);
  }

  async #authorized(request: RegistryRequest, patience: Patience): Promise<HttpResponse> {
    const { authorizer } = this.#shared;
    const sent = await authorizer.header(request.scopes, patience);
    const response = await this.#follow(request, sent);
    if (response.status !== 401 || request.accept.includes(401) || !this.#isOwn(response.url)) return response;
    await response.discard();
    const header = await authorizer.answer(response, request.scopes, sent, patience);
    return await this.#follow(request, header);
  }

  async #follow(request: RegistryRequest, authorization: string | undefined): Promise<HttpResponse> {
    const { origin, transport } = this.#shared;
    const { method, headers = {}, signal, firstByteMs } = request;
    let url = new URL(request.to, origin);
    let route = this.#isOwn(url) ? TO_REGISTRY : await routeTo(url, origin, 'redirect');
    let atHome = this.#isOwn(url);
    for (let count = 1; ; count += 1) {
      const own = atHome && authorization !== undefined ? { authorization } : {};
      const body = request.body ?? (await request.stream?.());
      const response = await transport.exchange(
        {
          method,
          url,
          headers: { ...headers, ...own },
          ...(body ? { body } : {}),
          ...(signal ? { signal } : {}),
          ...(firstByteMs === undefined ? {} : { firstByteMs }),
        },
        route,
      );
      if (!isRedirect(response, method) || request.accept.includes(response.status)) return response;
      await response.discard();
      checkRedirectCount(count, this.limits.redirects, origin);
      url = resolveLocation(response.header('location') ?? '', url);
      route = await routeTo(url, origin, 'redirect');
      // A place elsewhere that leads back here could choose what the credentials open: they are not sent again.
      atHome &&= this.#isOwn(url);
    }
  }

  #isOwn(url: URL): boolean {
    return url.origin === this.origin.origin;
  }
}
