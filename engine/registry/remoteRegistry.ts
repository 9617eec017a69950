import { MAX_ERROR_BYTES } from './limits.ts';
import { type Page, readPage } from './paging.ts';
import type { RegistryClient } from './registryClient.ts';
import { htmlTitle, notARegistry } from './registryErrors.ts';

/** What `GET /v2/` told. */
export interface PingResult {
  /** True when the registry wanted to see credentials before it said yes. */
  readonly authenticated: boolean;
  /** Host of the token server that credentials went to, where it is another one. */
  readonly tokenServer?: string;
}

/** One registry as a whole. */
export class RemoteRegistry {
  readonly #client: RegistryClient;

  constructor(client: RegistryClient) {
    this.#client = client;
  }

  get host(): string {
    return this.#client.host;
  }

  /** The address at which the API answers; Docker Hub's differs from its name. */
  get origin(): URL {
    return this.#client.origin;
  }

  /**
   * Asks whether this is a registry, logging in as far as it wants that.
   * @throws EngineError REGISTRY_UNAUTHORIZED, REGISTRY_PROTOCOL when it is none, NETWORK_*, TLS_FAILED
   */
  async ping(signal?: AbortSignal): Promise<PingResult> {
    const response = await this.#client.send({
      method: 'GET',
      to: '/v2/',
      scopes: [],
      accept: [200],
      doing: `ask ${this.host} for its API`,
      ...(signal ? { signal } : {}),
    });
    const start = await response.start(MAX_ERROR_BYTES);
    const title = htmlTitle(start);
    if (title !== undefined || response.mediaType === 'text/html')
      throw notARegistry(this.host, `HTML page "${title ?? ''}"`);
    const { isAuthorized, tokenServer } = this.#client;
    return { authenticated: isAuthorized, ...(tokenServer && tokenServer !== this.origin.host ? { tokenServer } : {}) };
  }

  /** One page of repositories. @param after the `next` of the page before, or the last name seen */
  catalog(
    options: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Page> {
    const { after, limit, signal } = options;
    const request = {
      client: this.#client,
      path: '/v2/_catalog',
      field: 'repositories',
      scopes: ['registry:catalog:*'],
      doing: `list the repositories of ${this.host}`,
      ...(limit === undefined ? {} : { limit }),
      ...(signal ? { signal } : {}),
    };
    return readPage(request, after);
  }
}
