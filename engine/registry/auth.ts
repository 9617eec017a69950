import { EngineError } from '../errors.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { basicHeader, type Credential, type CredentialStore } from './credential.ts';
import type { HttpResponse } from './httpResponse.ts';
import type { Patience } from './retry.ts';
import { parseRealm, type Realm, requestToken, type Token, unauthorized } from './tokens.ts';
import type { Transport } from './transport.ts';

/** What the registry wants to see, as its first 401 told. */
type Scheme = { readonly kind: 'basic'; readonly header: string } | { readonly kind: 'bearer'; readonly realm: Realm };

/** A token that ends within this many milliseconds is replaced before it is used. */
const EXPIRY_MARGIN = 5_000;

/** The authorization of one registry: anonymous until it asks, then Basic or Bearer (spec 5.3, bad-inputs C4-C7). */
export class Authorizer {
  readonly #registry: URL;
  readonly #host: string;
  readonly #transport: Transport;
  readonly #credentials: CredentialStore;
  readonly #tokens = new Map<string, Promise<Token>>();
  /** What the registry asked for beyond our own scopes, by those. */
  readonly #wider = new Map<string, readonly string[]>();
  #credential: Promise<Credential | undefined> | undefined;
  #scheme: Scheme | undefined;

  /** @param host the name under which credentials are kept @param registry origin of its API */
  constructor(host: string, registry: URL, transport: Transport, credentials: CredentialStore) {
    this.#host = host;
    this.#registry = registry;
    this.#transport = transport;
    this.#credentials = credentials;
  }

  /** True once the registry has asked for an authorization. */
  get isActive(): boolean {
    return this.#scheme !== undefined;
  }

  /** Host of the token server that the registry named; undefined while there is none. */
  get tokenServer(): string | undefined {
    return this.#scheme?.kind === 'bearer' ? this.#scheme.realm.url.host : undefined;
  }

  /** The header for a request with these scopes; undefined as long as the registry has not asked for one. */
  async header(scopes: readonly string[], patience: Patience): Promise<string | undefined> {
    if (!this.#scheme) return undefined;
    if (this.#scheme.kind === 'basic') return this.#scheme.header;
    return await this.#bearer(this.#scheme.realm, scopes, patience);
  }

  /**
   * The header that answers a 401.
   * @param sent the header that was refused, which is not offered again
   * @throws EngineError REGISTRY_UNAUTHORIZED, REDIRECT_REFUSED, and what reading credentials throws
   */
  async answer(
    refusal: HttpResponse,
    scopes: readonly string[],
    sent: string | undefined,
    patience: Patience,
  ): Promise<string> {
    const challenges = parseChallenges(refusal.header('www-authenticate') ?? '');
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const header = bearer
      ? await this.#answerBearer(bearer, scopes, sent, patience)
      : await this.#answerBasic(challenges);
    if (header === sent) throw unauthorized(this.#host, await this.credential());
    return header;
  }

  /** The credential in use; read once. */
  credential(): Promise<Credential | undefined> {
    this.#credential ??= this.#credentials.get(this.#host);
    return this.#credential;
  }

  async #answerBearer(
    challenge: Challenge,
    scopes: readonly string[],
    sent: string | undefined,
    patience: Patience,
  ): Promise<string> {
    const { parameters } = challenge;
    const realm = await parseRealm(parameters.get('realm'), parameters.get('service'), this.#registry);
    this.#scheme = { kind: 'bearer', realm };
    this.#wider.set(scopes.join(' '), withScopes(scopes, parameters.get('scope')));
    const key = this.#wanted(scopes).join(' ');
    const known = await this.#tokens.get(key)?.catch(() => undefined);
    if (known && sent === `Bearer ${known.value}`) this.#tokens.delete(key);
    return await this.#bearer(realm, scopes, patience);
  }

  async #answerBasic(challenges: readonly Challenge[]): Promise<string> {
    const credential = await this.credential();
    if (!challenges.some(({ scheme }) => scheme === 'basic') && challenges.length > 0)
      throw this.#unknownScheme(challenges);
    if (!credential?.username) throw unauthorized(this.#host, credential);
    const header = basicHeader(credential.username, credential.password ?? '');
    this.#scheme = { kind: 'basic', header };
    return header;
  }

  async #bearer(realm: Realm, scopes: readonly string[], patience: Patience): Promise<string> {
    const credential = await this.credential();
    if (credential?.registryToken) return `Bearer ${credential.registryToken}`;
    const wanted = this.#wanted(scopes);
    const key = wanted.join(' ');
    const known = await this.#tokens.get(key)?.catch(() => undefined);
    if (known && known.expires - EXPIRY_MARGIN > performance.now()) return `Bearer ${known.value}`;
    const fresh = requestToken(this.#transport, this.#registry, realm, wanted, credential, patience);
    this.#tokens.set(key, fresh);
    try {
      return `Bearer ${(await fresh).value}`;
    } catch (error) {
      if (this.#tokens.get(key) === fresh) this.#tokens.delete(key);
      throw error;
    }
  }

  #wanted(scopes: readonly string[]): readonly string[] {
    return this.#wider.get(scopes.join(' ')) ?? withScopes(scopes, undefined);
  }

  #unknownScheme(challenges: readonly Challenge[]): EngineError {
    const schemes = challenges.map(({ scheme }) => scheme.slice(0, 40)).join(', ');
    return new EngineError(
      'REGISTRY_UNAUTHORIZED',
      `${this.#host} asks for a login of a kind not known here: ${schemes}.`,
      {
        advice: 'Basic and Bearer are known. Ask the operator whether one of them can be switched on.',
        facts: { host: this.#host, schemes },
      },
    );
  }
}

/** Our scopes and those that the registry asks for, each once, in a stable order. */
function withScopes(scopes: readonly string[], asked: string | undefined): readonly string[] {
  const all = [...scopes, ...(asked ?? '').split(' ').filter(Boolean)];
  return [...new Set(all)].sort();
}
