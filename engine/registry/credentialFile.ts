import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import type { Credential } from './credential.ts';
import { DOCKER_HUB_KEY, normalHost } from './hosts.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a credential file holds, in Docker's config format (spec 5.1). Keys that we do not know stay in `content`. */
export interface CredentialConfig {
  readonly content: Json;
  readonly auths: Readonly<Record<string, Json>>;
  readonly credsStore: string | undefined;
  readonly credHelpers: Readonly<Record<string, string>>;
}

const MAX_FILE = 1024 * 1024;
const LOCK_TRIES = 100;
const LOCK_PAUSE_MS = 50;
const STALE_LOCK_MS = 60_000;

/**
 * Reads a credential file; one that is not there is empty.
 * @throws EngineError CREDENTIALS_INVALID naming the file, PERMISSION_DENIED, IO_ERROR
 */
export async function readCredentialFile(path: string): Promise<CredentialConfig> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '{}';
    throw fromSystemError(error, `read the credential file ${path}`);
  });
  if (text.length > MAX_FILE) throw invalid(path, 'it is larger than 1 MiB');
  const content = record(parse(text, path), path, 'it is no object');
  const auths = record(content.auths ?? {}, path, 'auths is no object');
  const credHelpers = record(content.credHelpers ?? {}, path, 'credHelpers is no object');
  return {
    content,
    auths: Object.fromEntries(
      Object.entries(auths).map(([key, value]) => [key, record(value, path, 'an entry is no object')]),
    ),
    credsStore: typeof content.credsStore === 'string' && content.credsStore !== '' ? content.credsStore : undefined,
    credHelpers: Object.fromEntries(
      Object.entries(credHelpers).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
      ),
    ),
  };
}

/**
 * The credential of a host. Keys that are URLs match by host.
 * @throws EngineError CREDENTIALS_INVALID for broken base64
 */
export function credentialFor(config: CredentialConfig, host: string, path: string): Credential | undefined {
  const key = matchingKeys(config, host)[0];
  const entry = key === undefined ? undefined : config.auths[key];
  if (!entry) return undefined;
  const auth = text(entry.auth);
  const [username, password] = auth ? decodeAuth(auth, path) : [text(entry.username), text(entry.password)];
  const credential = {
    ...(username || password ? { username, password } : {}),
    ...(text(entry.identitytoken) ? { identityToken: text(entry.identitytoken) } : {}),
    ...(text(entry.registrytoken) ? { registryToken: text(entry.registrytoken) } : {}),
  };
  return Object.keys(credential).length > 0 ? credential : undefined;
}

/** The keys of `auths` that mean this host, the exact one first. */
export function matchingKeys(config: CredentialConfig, host: string): readonly string[] {
  const own = keyOf(host);
  return Object.keys(config.auths)
    .filter((key) => key === own || sameHost(key, host))
    .sort((a, b) => Number(b === own) - Number(a === own));
}

/** The key under which Docker and kit keep a host. @param host as normalHost gives it */
export function keyOf(host: string): string {
  return host === 'docker.io' ? DOCKER_HUB_KEY : host;
}

/** The entry that Docker and kit write. A user name with a colon cannot be told from the password. */
export function authEntry(credential: Credential): Json {
  const { username = '', password = '', identityToken, registryToken } = credential;
  if (username.includes(':'))
    throw new EngineError('INPUT_INVALID', 'A user name with a colon cannot be saved.', {
      advice: 'Use a user name without a colon.',
    });
  return {
    ...(username || password ? { auth: Buffer.from(`${username}:${password}`).toString('base64') } : {}),
    ...(identityToken ? { identitytoken: identityToken } : {}),
    ...(registryToken ? { registrytoken: registryToken } : {}),
  };
}

/**
 * Changes a credential file: read again under a lock, written beside it with mode 0600, and renamed. A link is kept.
 * @throws EngineError CREDENTIALS_INVALID, STORE_LOCKED, PERMISSION_DENIED, DISK_FULL, IO_ERROR
 */
export async function changeCredentialFile(path: string, change: (config: CredentialConfig) => Json): Promise<void> {
  const target = await realpath(path).catch(() => path);
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await locked(`${target}.lock`, async () => {
      await replaceFile(target, goJson(change(await readCredentialFile(target))));
    });
  } catch (error) {
    throw fromSystemError(error, `write the credential file ${path}`);
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.credentials-${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function locked(path: string, work: () => Promise<void>): Promise<void> {
  const lock = await takeLock(path);
  try {
    await work();
  } finally {
    await lock.close();
    await rm(path, { force: true });
  }
}

async function takeLock(path: string) {
  for (let left = LOCK_TRIES; ; left -= 1) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      await dropStaleLock(path);
      if (left === 0)
        throw new EngineError('STORE_LOCKED', `Another process keeps the credential file locked (${path}).`, {
          advice: 'Wait for it; if no other process is running, delete the lock file.',
          facts: { path },
        });
    }
    await sleep(LOCK_PAUSE_MS);
  }
}

/** The lock is held for one small write: one that is a minute old was left behind. */
async function dropStaleLock(path: string): Promise<void> {
  const held = await stat(path).catch(() => undefined);
  if (held && Date.now() - held.mtimeMs > STALE_LOCK_MS) await rm(path, { force: true });
}

/** As Go's MarshalIndent writes it: keys of the first two levels sorted, tabs, `<`, `>` and `&` escaped. */
function goJson(content: Json): string {
  const auths = content.auths;
  const sorted = sortKeys({ ...content, ...(isRecord(auths) ? { auths: sortKeys(auths) } : {}) });
  const escapes: Readonly<Record<string, string>> = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
  };
  return JSON.stringify(sorted, undefined, '\t').replace(
    /[<>&\u2028\u2029]/g,
    (character) => escapes[character] ?? character,
  );
}

function sortKeys(value: Json): Json {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameHost(key: string, host: string): boolean {
  try {
    return normalHost(key) === host;
  } catch {
    return false;
  }
}

function decodeAuth(auth: string, path: string): [username: string, password: string] {
  const decoded = Buffer.from(auth, 'base64');
  const colon = decoded.indexOf(':');
  if (colon < 0 || decoded.toString('base64').replace(/=+$/, '') !== auth.replace(/=+$/, ''))
    throw invalid(path, 'an entry is not the base64 of user:password');
  return [decoded.subarray(0, colon).toString(), decoded.subarray(colon + 1).toString()];
}

function parse(json: string, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalid(path, 'it is not JSON');
  }
}

function record(value: unknown, path: string, otherwise: string): Json {
  if (isRecord(value)) return value;
  throw invalid(path, otherwise);
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function invalid(path: string, why: string): EngineError {
  return new EngineError('CREDENTIALS_INVALID', `The credential file ${path} cannot be used: ${why}.`, {
    advice: 'Correct it by hand, or move it away and log in again. It has not been changed.',
    facts: { path },
  });
}
