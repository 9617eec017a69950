import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Credential, CredentialStore } from './credential.ts';
import {
  authEntry,
  type CredentialConfig,
  changeCredentialFile,
  credentialFor,
  keyOf,
  matchingKeys,
  readCredentialFile,
} from './credentialFile.ts';
import { CredentialHelper, findProgram } from './credentialHelper.ts';
import { normalHost } from './hosts.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The credentials that kit uses: `credentials.json` in its home, then Docker's file, which is only read (spec 5.1).
 * @param home KITOPS_HOME
 */
export function fileCredentials(home: string, env: Environment): CredentialStore {
  const own = new FileCredentials(join(home, 'credentials.json'), env, true);
  const docker = new FileCredentials(
    join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'config.json'),
    env,
    false,
  );
  return {
    get: async (host) => (await own.get(host)) ?? (await docker.get(host)),
    set: (host, credential) => own.set(host, credential),
    delete: (host) => own.delete(host),
  };
}

/** One credential file with its helpers. */
class FileCredentials implements CredentialStore {
  readonly #path: string;
  readonly #env: Environment;
  /** True looks for the system's keyring when the file says nothing at all. */
  readonly #detect: boolean;

  constructor(path: string, env: Environment, detect: boolean) {
    this.#path = path;
    this.#env = env;
    this.#detect = detect;
  }

  async get(host: string): Promise<Credential | undefined> {
    const name = normalHost(host);
    const config = await readCredentialFile(this.#path);
    const helper = await this.#helperFor(config, name);
    return helper ? await this.#helper(helper).get(keyOf(name)) : credentialFor(config, name, this.#path);
  }

  async set(host: string, credential: Credential): Promise<void> {
    const name = normalHost(host);
    const entry = authEntry(credential);
    const config = await readCredentialFile(this.#path);
    const helper = await this.#helperFor(config, name);
    if (helper) await this.#helper(helper).set(keyOf(name), credential);
    const detected = helper !== undefined && isEmpty(config);
    if (helper && !detected) return;
    await changeCredentialFile(this.#path, (now) =>
      detected ? { ...now.content, auths: now.auths, credsStore: helper } : withEntry(now, name, entry),
    );
  }

  async delete(host: string): Promise<boolean> {
    const name = normalHost(host);
    const config = await readCredentialFile(this.#path);
    const helper = await this.#helperFor(config, name);
    if (helper) return await this.#helper(helper).delete(keyOf(name));
    if (matchingKeys(config, name).length === 0) return false;
    await changeCredentialFile(this.#path, (now) => withEntry(now, name, undefined));
    return true;
  }

  #helper(name: string): CredentialHelper {
    return new CredentialHelper(name, this.#env);
  }

  async #helperFor(config: CredentialConfig, host: string): Promise<string | undefined> {
    const own = config.credHelpers[keyOf(host)] ?? config.credHelpers[host];
    if (own ?? config.credsStore) return own ?? config.credsStore;
    return this.#detect && isEmpty(config) ? await detectKeyring(this.#env) : undefined;
  }
}

/** True for a file without any auth settings. */
function isEmpty({ auths, credsStore, credHelpers }: CredentialConfig): boolean {
  return credsStore === undefined && Object.keys(auths).length === 0 && Object.keys(credHelpers).length === 0;
}

/** The file with one entry for the host, whatever spellings it had before. */
function withEntry(config: CredentialConfig, host: string, entry: Readonly<Record<string, unknown>> | undefined) {
  const stale = new Set(matchingKeys(config, host));
  const others = Object.fromEntries(Object.entries(config.auths).filter(([key]) => !stale.has(key)));
  return { ...config.content, auths: entry ? { ...others, [keyOf(host)]: entry } : others };
}

/** The helper for the system's own keyring, when it is installed. */
async function detectKeyring(env: Environment): Promise<string | undefined> {
  const suffix = await keyringSuffix(env);
  return (await findProgram(`docker-credential-${suffix}`, env)) ? suffix : undefined;
}

async function keyringSuffix(env: Environment): Promise<string> {
  if (process.platform === 'darwin') return 'osxkeychain';
  if (process.platform === 'win32') return 'wincred';
  return (await findProgram('pass', env)) ? 'pass' : 'secretservice';
}
