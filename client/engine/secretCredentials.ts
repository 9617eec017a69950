import { type Credential, type CredentialStore, memoryCredentials } from '#engine';

/** The part of `vscode.SecretStorage` that is needed. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
}

type Thenable<Value> = PromiseLike<Value>;

const PREFIX = 'modelkit.registry/';

/**
 * VS Code's SecretStorage as a CredentialStore. Where it cannot be used (no keyring on a server), logins last for this
 * session only, and `onUnavailable` says so (bad-inputs E8).
 */
export function secretCredentials(secrets: Secrets, onUnavailable: () => void): CredentialStore {
  const session = memoryCredentials();
  return {
    async get(host) {
      const own = await session.get(host);
      return own ?? parse(await readable(() => secrets.get(PREFIX + host)));
    },
    async set(host, credential) {
      try {
        await secrets.store(PREFIX + host, JSON.stringify(credential));
        await session.delete(host);
      } catch {
        await session.set(host, credential);
        onUnavailable();
      }
    },
    async delete(host) {
      const inSession = await session.delete(host);
      const stored = await readable(() => secrets.get(PREFIX + host));
      if (stored !== undefined) await secrets.delete(PREFIX + host);
      return inSession || stored !== undefined;
    },
  };
}

/** A storage that cannot be read holds nothing for us: the files of kit and Docker come next. */
async function readable(read: () => Thenable<string | undefined>): Promise<string | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

function parse(json: string | undefined): Credential | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? textsOf(value) : undefined;
  } catch {
    return undefined;
  }
}

function textsOf(value: object): Credential {
  const known = ['username', 'password', 'identityToken', 'registryToken'];
  return Object.fromEntries(
    Object.entries(value).filter(([key, text]) => known.includes(key) && typeof text === 'string'),
  );
}
