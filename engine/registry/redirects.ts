import { EngineError } from '../errors.ts';
import { type AddressKind, addressRefused, hostKinds, writtenKind } from './addresses.ts';
import { type Route, TO_REGISTRY } from './dispatchers.ts';
import type { HttpResponse } from './httpResponse.ts';

const FOLLOWED = new Set([301, 302, 303, 307, 308]);

/** True for an answer that sends us elsewhere. 307 and 308 keep the method, the others are for reading only. */
export function isRedirect(response: HttpResponse, method: string): boolean {
  if (!FOLLOWED.has(response.status) || response.header('location') === undefined) return false;
  return method === 'GET' || method === 'HEAD' || response.status >= 307;
}

/**
 * The URL of a `Location`, resolved against where it came from. A registry behind a proxy that ends TLS may write http for
 * its own host: https is kept (bad-inputs C22).
 * @throws EngineError REDIRECT_REFUSED for another scheme, user info, or http after https (C19, C20)
 */
export function resolveLocation(location: string, from: URL): URL {
  const url = URL.parse(location, from.href);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refused(from, `to a ${url ? `"${url.protocol}"` : 'broken'} address`);
  if (url.username || url.password) throw refused(from, `to ${url.host} with a user name in the address`);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    if (url.hostname !== from.hostname) throw refused(from, `from https to plain http at ${url.host}`);
    url.protocol = 'https:';
    url.port = from.port;
  }
  return url;
}

function refused(from: URL, where: string): EngineError {
  return new EngineError('REDIRECT_REFUSED', `${from.host} sends us ${where}, which we do not follow.`, {
    advice: 'Ask the operator of the registry to correct the address that it announces.',
    facts: { host: from.host },
  });
}

/** What a redirect may never reach, unless the registry is itself at such an address (C19). */
const NEVER_BY_REDIRECT: readonly AddressKind[] = ['loopback', 'linkLocal', 'metadata'];
/** What a token realm may never reach: credentials go there (C5). */
const NEVER_BY_REALM: readonly AddressKind[] = [...NEVER_BY_REDIRECT, 'private'];

/**
 * The way to a place that the registry named: its own origin, or one where neither credentials nor the client certificate go.
 * @throws EngineError REDIRECT_REFUSED for an address written as such; a resolved one is refused on connecting
 */
export async function routeTo(url: URL, registry: URL, purpose: 'redirect' | 'realm'): Promise<Route> {
  if (url.origin === registry.origin) return TO_REGISTRY;
  const never = purpose === 'realm' ? NEVER_BY_REALM : NEVER_BY_REDIRECT;
  const home = await hostKinds(registry);
  const refusedKinds = new Set(never.filter((kind) => !isHome(kind, home)));
  const written = writtenKind(url);
  if (written && refusedKinds.has(written)) throw addressRefused(url.host, written);
  return { own: false, refused: refusedKinds };
}

/** A registry on this machine may use private addresses too, as containers do. */
function isHome(kind: AddressKind, home: ReadonlySet<AddressKind>): boolean {
  return home.has(kind) || (kind === 'private' && home.has('loopback'));
}

/** @throws EngineError REDIRECT_REFUSED beyond the limit, which also ends a circle */
export function checkRedirectCount(count: number, limit: number, from: URL): void {
  if (count <= limit) return;
  throw new EngineError('REDIRECT_REFUSED', `${from.host} redirects more than ${limit} times.`, {
    advice: 'Ask the operator of the registry: it may redirect in a circle.',
    facts: { host: from.host, limit },
  });
}
