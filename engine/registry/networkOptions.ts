import type { NetworkLimits } from './limits.ts';

/** How the engine reaches registries (spec 5.2). Files are paths, PEM texts are texts. */
export interface NetworkOptions {
  /** Plain HTTP for every registry, or for these hosts (with port) only. */
  readonly plainHttp?: boolean | readonly string[];
  /** False accepts every certificate; true unless told. */
  readonly tlsVerify?: boolean;
  /** PEM files of a client certificate and its key; used when both are set. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** PEM files with further authorities. */
  readonly caFiles?: readonly string[];
  /** PEM texts of further authorities. */
  readonly extraCa?: readonly string[];
  /** True trusts the authorities of the operating system as well. */
  readonly systemCa?: boolean;
  /** URL of a proxy for every registry, user and password in it if it wants them; goes before the environment. */
  readonly proxy?: string;
  /** A whole `Proxy-Authorization` value, where the URL holds no user. */
  readonly proxyAuthorization?: string;
  /** Hosts that are reached without the proxy, as in `NO_PROXY`. */
  readonly noProxy?: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Transfers at the same time; 5 unless told. */
  readonly concurrency?: number;
  readonly userAgent?: string;
  readonly limits?: Partial<NetworkLimits>;
}

/** True when this host is to be spoken to without TLS. */
export function isPlainHttp(options: NetworkOptions, host: string): boolean {
  const { plainHttp = false } = options;
  return typeof plainHttp === 'boolean' ? plainHttp : plainHttp.includes(host);
}
