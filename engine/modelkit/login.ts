import { EngineError, isEngineError } from '../errors.ts';
import { type Credential, memoryCredentials } from '../registry/credential.ts';
import { normalHost } from '../registry/hosts.ts';
import type { Registries } from '../registry/registries.ts';
import type { RemoteRegistry } from '../registry/remoteRegistry.ts';
import type { Call } from './call.ts';
import { waiting } from './waiting.ts';

export interface LoginResult {
  /** The host in the spelling under which it is kept. */
  readonly registry: string;
  /** False when the registry did not ask for a login, so that nobody has checked it (bad-inputs E8). */
  readonly checked: boolean;
  /** Host that the credentials went to, where it is not the registry itself. */
  readonly tokenServer?: string;
}

/**
 * Tries a user name and password by `GET /v2/`, and saves them when the registry takes them (spec 5.1). A password
 * without a user name is a refresh token.
 * @throws EngineError REGISTRY_UNAUTHORIZED, INPUT_INVALID, CREDENTIALS_INVALID, CREDENTIAL_HELPER_FAILED, NETWORK_*, TLS_FAILED
 */
export async function login(
  engine: { readonly registries: Registries },
  host: string,
  { username, password }: { readonly username: string; readonly password: string },
  call: Call = {},
): Promise<LoginResult> {
  const registry = normalHost(host);
  const credential = checkedCredential(username, password);
  const trial = engine.registries.withCredentials(memoryCredentials([[registry, credential]]));
  try {
    const { authenticated, tokenServer } = await tryLogin(trial.registry(registry, waiting(call)), call);
    await engine.registries.credentials.set(registry, credential);
    engine.registries.forget(registry);
    return { registry, checked: authenticated, ...(tokenServer === undefined ? {} : { tokenServer }) };
  } finally {
    await trial.close();
  }
}

function checkedCredential(username: string, password: string): Credential {
  if (password === '')
    throw new EngineError('INPUT_INVALID', 'The password is empty.', { advice: 'Give a password or token.' });
  if (username.includes(':'))
    throw new EngineError('INPUT_INVALID', 'A user name with a colon cannot be saved.', {
      advice: 'Use a user name without a colon.',
    });
  return username === '' ? { identityToken: password } : { username, password };
}

async function tryLogin(registry: RemoteRegistry, { signal }: Call) {
  return await registry.ping(signal).catch((error: unknown) => {
    if (!isEngineError(error) || error.code !== 'REGISTRY_UNAUTHORIZED') throw error;
    throw new EngineError('REGISTRY_UNAUTHORIZED', `${registry.host} does not accept this user name and password.`, {
      advice: 'Check both; many registries want an access token instead of the password. Nothing was saved.',
      facts: { ...error.facts },
      cause: error,
    });
  });
}
