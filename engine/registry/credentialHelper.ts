import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { EngineError } from '../errors.ts';
import type { Credential } from './credential.ts';
import { normalHost } from './hosts.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Action = 'get' | 'store' | 'erase';

const NAME = /^[A-Za-z0-9._-]+$/;
/** The only text that means "none" (spec 5.1); everything else that fails is a failure. */
const NOT_FOUND = 'credentials not found in native keychain';
/** This user name says that the secret is a refresh token. */
const TOKEN_USER = '<token>';
const MAX_OUTPUT = 1024 * 1024;
const MAX_MS = 30_000;

/** A `docker-credential-<name>` program: the system's keyring, or what a cloud offers. */
export class CredentialHelper {
  readonly #name: string;
  readonly #env: Environment;
  readonly #maxMs: number;

  /** @throws EngineError CREDENTIALS_INVALID for a name that could lead elsewhere (bad-inputs E3) */
  constructor(name: string, env: Environment, maxMs: number = MAX_MS) {
    if (!NAME.test(name))
      throw new EngineError(
        'CREDENTIALS_INVALID',
        'The name of a credential helper may have letters, digits, dots, dashes and underscores only.',
        {
          advice: 'Correct credsStore and credHelpers in the credential file.',
        },
      );
    this.#name = name;
    this.#env = env;
    this.#maxMs = maxMs;
  }

  /** @param key the host, or Docker Hub's own key @throws EngineError CREDENTIAL_HELPER_FAILED */
  async get(key: string): Promise<Credential | undefined> {
    const { code, output } = await this.#run('get', key);
    if (code !== 0 && output.trim() === NOT_FOUND) return undefined;
    if (code !== 0) throw this.#failed(`it ended with ${code}`);
    return this.#parse(output, key);
  }

  async set(key: string, credential: Credential): Promise<void> {
    const { identityToken, username = '', password = '' } = credential;
    const entry = identityToken
      ? { ServerURL: key, Username: TOKEN_USER, Secret: identityToken }
      : { ServerURL: key, Username: username, Secret: password };
    const { code } = await this.#run('store', JSON.stringify(entry));
    if (code !== 0) throw this.#failed(`it ended with ${code} when asked to store`);
  }

  /** @returns false when it had none */
  async delete(key: string): Promise<boolean> {
    const { code, output } = await this.#run('erase', key);
    if (code !== 0 && output.trim() === NOT_FOUND) return false;
    if (code !== 0) throw this.#failed(`it ended with ${code} when asked to erase`);
    return true;
  }

  #parse(output: string, key: string): Credential | undefined {
    const { ServerURL, Username, Secret } = this.#parseJson(output);
    if (typeof Username !== 'string' || typeof Secret !== 'string')
      throw this.#failed('its answer has no user and secret');
    if (typeof ServerURL === 'string' && ServerURL !== '' && !isSameHost(ServerURL, key))
      throw this.#failed('it answers for another registry');
    if (Secret === '' && Username === '') return undefined;
    return Username === TOKEN_USER ? { identityToken: Secret } : { username: Username, password: Secret };
  }

  #parseJson(output: string): Readonly<Record<string, unknown>> {
    try {
      const value: unknown = JSON.parse(output);
      if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    } catch {
      throw this.#failed('its answer is not JSON');
    }
    throw this.#failed('its answer is not JSON');
  }

  /** The secret goes by standard input, never among the arguments (bad-inputs E1). */
  async #run(action: Action, input: string): Promise<{ code: number; output: string }> {
    const program = await findProgram(`docker-credential-${this.#name}`, this.#env);
    if (!program) throw this.#failed('it is not on PATH');
    return await new Promise((resolve, reject) => {
      const child = spawn(program, [action], {
        env: { ...this.#env },
        stdio: ['pipe', 'pipe', 'ignore'],
        shell: false,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      const stop = (why: string) => {
        child.kill('SIGKILL');
        reject(this.#failed(why));
      };
      const timer = setTimeout(() => stop(`it did not answer in ${this.#maxMs / 1000} s`), this.#maxMs);
      child.stdout.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_OUTPUT) stop('it answers more than 1 MiB');
        else chunks.push(chunk);
      });
      child.on('error', () => stop('it cannot be started'));
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ code: code ?? -1, output: Buffer.concat(chunks).toString() });
      });
      // A helper that ends without reading its input is judged by its exit code.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  #failed(why: string): EngineError {
    return new EngineError(
      'CREDENTIAL_HELPER_FAILED',
      `The credential helper docker-credential-${this.#name} failed: ${why}.`,
      {
        advice: 'Install or repair it, or take it out of credsStore and credHelpers in the credential file.',
        facts: { helper: this.#name },
      },
    );
  }
}

function isSameHost(serverUrl: string, key: string): boolean {
  try {
    return normalHost(serverUrl) === normalHost(key);
  } catch {
    return false;
  }
}

/** Looks on PATH only, never in the current folder (bad-inputs E3). */
export async function findProgram(name: string, env: Environment): Promise<string | undefined> {
  const windows = process.platform === 'win32';
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const path = join(folder, windows ? `${name}.exe` : name);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return undefined;
}
