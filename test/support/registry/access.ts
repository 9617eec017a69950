import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/** Who may do what. */
export interface Access {
  readonly kind: 'basic' | 'bearer';
  /** Password by user. */
  readonly users: Readonly<Record<string, string>>;
  /** Refresh tokens that the token server takes. */
  readonly refreshTokens?: readonly string[];
  /** Everybody may read. */
  readonly anonymousPull?: boolean;
  /** Seconds that a token lives; not told to the client when undefined. */
  readonly tokenLife?: number;
  /** Where the token server is, when it is not this one. */
  readonly realm?: string;
}

interface Grant {
  readonly scopes: ReadonlySet<string>;
  readonly expires: number;
}

/** Basic passwords, or Bearer tokens with a token server at `/token`. */
export class Gatekeeper {
  readonly #access: Access | undefined;
  readonly #grants = new Map<string, Grant>();

  constructor(access: Access | undefined) {
    this.#access = access;
  }

  /** All tokens are refused from now on, as if their time had passed. */
  expireTokens(): void {
    this.#grants.clear();
  }

  /** The answer for somebody who may not do this; undefined lets the request pass. */
  refuse(request: IncomingMessage, origin: string, scope: string | undefined): Reply | undefined {
    const access = this.#access;
    if (!access || this.#isAllowed(access, request.headers.authorization ?? '', scope)) return undefined;
    const realm = access.realm ?? `${origin}/token`;
    const challenge =
      access.kind === 'basic'
        ? 'Basic realm="test"'
        : `Bearer realm="${realm}",service="test"${scope ? `,scope="${scope}"` : ''}`;
    return errorReply(401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge });
  }

  /** The token server: GET with Basic, POST with a refresh token. */
  issue(request: IncomingMessage, url: URL, body: string): Reply {
    const form = new URLSearchParams(body);
    const query = request.method === 'POST' ? form : url.searchParams;
    const asked = query.getAll('scope').flatMap((scope) => scope.split(' '));
    const known = this.#isKnown(request.headers.authorization, form.get('refresh_token'));
    if (!known && (request.headers.authorization || request.method === 'POST'))
      return errorReply(401, 'UNAUTHORIZED', 'wrong user or password');
    const scopes = asked.filter((scope) => known || (this.#access?.anonymousPull && scope.endsWith(':pull')));
    if (!known && !this.#access?.anonymousPull) return errorReply(401, 'UNAUTHORIZED', 'log in first');
    const token = randomUUID();
    const life = this.#access?.tokenLife ?? 300;
    this.#grants.set(token, { scopes: new Set(scopes), expires: performance.now() + life * 1000 });
    return jsonReply(200, { token, ...(this.#access?.tokenLife === undefined ? {} : { expires_in: life }) });
  }

  #isAllowed(access: Access, authorization: string, scope: string | undefined): boolean {
    if (access.kind === 'basic')
      return (access.anonymousPull && scope?.endsWith(':pull')) || this.#isKnown(authorization, null);
    const grant = this.#grants.get(authorization.replace(/^Bearer /, ''));
    if (!grant || grant.expires < performance.now()) return false;
    return scope === undefined || covers(grant.scopes, scope);
  }

  #isKnown(authorization: string | undefined, refresh: string | null): boolean {
    if (refresh !== null) return this.#access?.refreshTokens?.includes(refresh) ?? false;
    const [user = '', ...rest] = Buffer.from((authorization ?? '').replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    return user !== '' && this.#access?.users[user] === rest.join(':');
  }
}

/** `repository:a:pull,push` covers `repository:a:pull`. */
function covers(granted: ReadonlySet<string>, wanted: string): boolean {
  const [name, actions] = splitScope(wanted);
  const mine = [...granted]
    .map(splitScope)
    .filter(([granted]) => granted === name)
    .flatMap(([, list]) => list);
  return actions.every((action) => mine.includes(action));
}

function splitScope(scope: string): [name: string, actions: string[]] {
  const at = scope.lastIndexOf(':');
  return [scope.slice(0, at), scope.slice(at + 1).split(',')];
}
