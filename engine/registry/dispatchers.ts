import type { Agent, Dispatcher, ProxyAgent } from 'undici';
import { type AddressKind, guardedLookup } from './addresses.ts';
import { readTlsSettings, type TlsSettings } from './certificates.ts';
import { MAX_HEADER_BYTES, type NetworkLimits } from './limits.ts';
import type { NetworkOptions } from './networkOptions.ts';
import { proxyFor } from './proxy.ts';

/** To whom a request goes: the registry itself, or a place that the registry named. */
export interface Route {
  /** Only the registry sees the client certificate (bad-inputs C20). */
  readonly own: boolean;
  /** Kinds of address that are refused at the moment of connecting. */
  readonly refused: ReadonlySet<AddressKind>;
}

export const TO_REGISTRY: Route = { own: true, refused: new Set() };

interface Chosen {
  readonly dispatcher: Dispatcher;
  /** `host:port` of the proxy in between. */
  readonly proxy?: string;
}

/** The connection pools of undici, which is loaded with the first request: it takes 50 ms. */
export class Dispatchers {
  readonly #options: NetworkOptions;
  readonly #limits: NetworkLimits;
  readonly #pools = new Map<string, Promise<Agent | ProxyAgent>>();
  #tls: Promise<TlsSettings> | undefined;

  constructor(options: NetworkOptions, limits: NetworkLimits) {
    this.#options = options;
    this.#limits = limits;
  }

  /** @throws EngineError INPUT_INVALID for a proxy or certificate file that cannot be used */
  async choose(url: URL, route: Route): Promise<Chosen> {
    const proxy = proxyFor(url, this.#options);
    const key = [route.own, [...route.refused].sort().join(), proxy?.href ?? ''].join('|');
    const pool = this.#pools.get(key) ?? this.#open(route, proxy);
    this.#pools.set(key, pool);
    return { dispatcher: await pool, ...(proxy ? { proxy: proxy.host } : {}) };
  }

  async close(): Promise<void> {
    const pools = await Promise.allSettled(this.#pools.values());
    this.#pools.clear();
    await Promise.all(pools.map((pool) => (pool.status === 'fulfilled' ? pool.value.destroy() : undefined)));
  }

  async #open(route: Route, proxy: URL | undefined): Promise<Agent | ProxyAgent> {
    const { Agent, ProxyAgent } = await import('undici');
    this.#tls ??= readTlsSettings(this.#options);
    const { cert, key, ...trust } = await this.#tls;
    const tls = route.own && cert && key ? { ...trust, cert, key } : trust;
    const shared = { allowH2: false, pipelining: 1, maxHeaderSize: MAX_HEADER_BYTES };
    const timeout = this.#limits.connectMs;
    if (!proxy) {
      const lookup = route.refused.size > 0 ? { lookup: guardedLookup(route.refused) } : {};
      return new Agent({ ...shared, connect: { ...tls, ...lookup, timeout } });
    }
    const token = this.#options.proxyAuthorization;
    return new ProxyAgent({
      ...shared,
      uri: proxy.href,
      ...(token && !proxy.username ? { token } : {}),
      connectTimeout: timeout,
      requestTls: tls,
      proxyTls: trust,
    });
  }
}
