/** What opens a registry: user and password, a refresh token, or an access token (spec 5.1). */
export interface Credential {
  readonly username?: string;
  readonly password?: string;
  /** A refresh token (`identitytoken`). */
  readonly identityToken?: string;
  /** An access token (`registrytoken`), sent as it is. */
  readonly registryToken?: string;
}

/** Where credentials are kept. Hosts are as in a reference: `ghcr.io`, `localhost:5000`. */
export interface CredentialStore {
  get(host: string): Promise<Credential | undefined>;
  set(host: string, credential: Credential): Promise<void>;
  /** @returns false when there was none */
  delete(host: string): Promise<boolean>;
}

/** No credentials at all. */
export const anonymous: CredentialStore = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
};

/** Credentials for the life of this process. */
export function memoryCredentials(
  entries: Iterable<readonly [host: string, credential: Credential]> = [],
): CredentialStore {
  const map = new Map(entries);
  return {
    get: (host) => Promise.resolve(map.get(host)),
    set: (host, credential) => Promise.resolve(void map.set(host, credential)),
    delete: (host) => Promise.resolve(map.delete(host)),
  };
}

/** The value of an `Authorization: Basic` header, in UTF-8 (RFC 7617). */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
