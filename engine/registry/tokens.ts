import { EngineError } from '../errors.ts';
import { basicHeader, type Credential } from './credential.ts';
import type { Route } from './dispatchers.ts';
import type { HttpResponse } from './httpResponse.ts';
import { MAX_TOKEN_BYTES } from './limits.ts';
import { routeTo } from './redirects.ts';
import { notARegistry, protocolError, registryError } from './registryErrors.ts';
import { isTransient, type Patience, Tries } from './retry.ts';
import type { HttpRequest, Transport } from './transport.ts';

/** A token server, as a Bearer challenge names it. */
export interface Realm {
  readonly url: URL;
  readonly service: string | undefined;
  readonly route: Route;
}

export interface Token {
  readonly value: string;
  /** On the clock of `performance.now()`. */
  readonly expires: number;
}

/** Seconds that a token lives when the answer does not say so (distribution, "Token Authentication"). */
const DEFAULT_LIFE = 60;

/**
 * Checks where a Bearer challenge wants credentials sent (bad-inputs C5).
 * @throws EngineError REDIRECT_REFUSED, REGISTRY_PROTOCOL
 */
export async function parseRealm(
  realm: string | undefined,
  service: string | undefined,
  registry: URL,
): Promise<Realm> {
  const url = realm === undefined ? null : URL.parse(realm);
  if (!url) throw protocolError(registry.host, 'it asks for a token but names no token server');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && registry.protocol === 'http:');
  if (secure && !url.username && !url.password)
    return { url, service, route: { ...(await routeTo(url, registry, 'realm')), own: false } };
  throw new EngineError('REDIRECT_REFUSED', `${registry.host} wants credentials sent to a place that is not safe.`, {
    advice: 'Its token server must have an https address without a user name in it; tell the operator.',
    facts: { host: registry.host, realm: url.protocol === 'file:' ? 'file:' : url.host },
  });
}

/**
 * Asks a token server for a token: GET with Basic, or OAuth2 POST with a refresh token (spec 5.3).
 * @throws EngineError REGISTRY_UNAUTHORIZED when it refuses the credentials (tried once: accounts lock), REDIRECT_REFUSED
 */
export async function requestToken(
  transport: Transport,
  registry: URL,
  realm: Realm,
  scopes: readonly string[],
  credential: Credential | undefined,
  patience: Patience,
): Promise<Token> {
  if (credential?.identityToken) transport.secrets.note(credential.identityToken);
  const request = tokenRequest(realm, scopes, credential, patience.signal);
  const tries = new Tries(patience);
  while (true) {
    try {
      const response = await transport.exchange(request, realm.route);
      if (response.status === 200) return await parseToken(response);
      throw await tokenRefused(response, registry, credential, patience);
    } catch (error) {
      await tries.next(error);
    }
  }
}

function tokenRequest(
  { url, service }: Realm,
  scopes: readonly string[],
  credential: Credential | undefined,
  signal: AbortSignal | undefined,
): HttpRequest {
  const cancel = signal ? { signal } : {};
  if (credential?.identityToken) {
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'modelkit' });
    if (service) form.set('service', service);
    form.set('scope', scopes.join(' '));
    form.set('refresh_token', credential.identityToken);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url, headers, body: Buffer.from(form.toString()), ...cancel };
  }
  const asked = new URL(url);
  if (service) asked.searchParams.set('service', service);
  for (const scope of scopes) asked.searchParams.append('scope', scope);
  const { username, password = '' } = credential ?? {};
  return {
    method: 'GET',
    url: asked,
    headers: username ? { authorization: basicHeader(username, password) } : {},
    ...cancel,
  };
}

async function parseToken(response: HttpResponse): Promise<Token> {
  const { host } = response.url;
  const body = parseJson(await response.bytes(MAX_TOKEN_BYTES));
  if (body === undefined) throw notARegistry(host, 'its token server answers no JSON');
  const value = text(body.token) || text(body.access_token);
  if (!value || /[^\x21-\x7e]/.test(value)) throw protocolError(host, 'the token server sends no usable token');
  const life = typeof body.expires_in === 'number' && body.expires_in > 0 ? body.expires_in : DEFAULT_LIFE;
  return { value, expires: performance.now() + life * 1000 };
}

function parseJson(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function tokenRefused(
  response: HttpResponse,
  registry: URL,
  credential: Credential | undefined,
  { limits }: Patience,
): Promise<EngineError> {
  const { status } = response;
  if (isTransient(status) || status >= 500) return await registryError(response, 'get a token', limits);
  await response.discard();
  if (status >= 300 && status < 400)
    return new EngineError('REDIRECT_REFUSED', `The token server ${response.url.host} redirects, which it must not.`, {
      advice: 'Ask the operator of the registry to announce the final address.',
      facts: { host: registry.host },
    });
  return unauthorized(registry.host, credential, status);
}

/** Says whether the credentials are wrong or missing (bad-inputs C6). */
export function unauthorized(host: string, credential: Credential | undefined, status = 401): EngineError {
  const known = credential !== undefined;
  const message = known
    ? `${host} does not accept the saved login, or it does not reach that far (${status}).`
    : `${host} wants a login (${status}).`;
  return new EngineError('REGISTRY_UNAUTHORIZED', message, {
    advice: known
      ? 'Log in again with the right name and password, or ask for access to this repository.'
      : 'Log in to the registry and try again. It may also be that the repository does not exist.',
    facts: { host, status, reason: known ? 'wrongCredentials' : 'noCredentials' },
  });
}
