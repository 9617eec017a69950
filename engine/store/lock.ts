import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, fromSystemError, throwIfCancelled } from '../errors.ts';
import { type Disk, removeFile } from './disk.ts';
import { type LockContent, LockFile, readLock } from './lockFile.ts';
import { formatOwner, type Owner, parseOwner, randomName, stateOf, thisOwner } from './owner.ts';

/** Milliseconds (bad-inputs, "Limits"). */
export interface LockLimits {
  readonly waitMs: number;
  readonly noticeMs: number;
  readonly beatMs: number;
  /** Age on the clock of the disk, and time without a beat that we saw ourselves: no clock decides alone (B12). */
  readonly staleMs: number;
  readonly silentMs: number;
  readonly pollMs: number;
}

const DEFAULT_LIMITS: LockLimits = {
  waitMs: 30_000,
  noticeMs: 2_000,
  beatMs: 5_000,
  staleMs: 60_000,
  silentMs: 12_000,
  pollMs: 30,
};
/** A lock without content is one whose holder died between two system calls, or a full disk. */
const EMPTY_SILENT_MS = 5_000;

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onWaiting?: ((message: string) => void) | undefined;
  readonly limits?: Partial<LockLimits>;
}

/**
 * The lock around all writes of index files (bad-inputs B9). A dead holder's lock is replaced by whoever exclusively
 * creates `<lock>.<token of the holder>`: only one can, and should that one die, the same rule holds for its claim.
 */
export class StoreLock {
  readonly #file: LockFile;
  readonly #path: string;
  readonly #heart: NodeJS.Timeout;

  private constructor(file: LockFile, path: string, beatMs: number) {
    this.#file = file;
    this.#path = path;
    this.#heart = setInterval(() => void file.beat(), beatMs).unref();
  }

  /** @throws EngineError STORE_LOCKED after 30 s, PERMISSION_DENIED, CANCELLED */
  static async acquire(disk: Disk, path: string, options: LockOptions = {}): Promise<StoreLock> {
    const wait = new LockWait(disk, await thisOwner(), options);
    return new StoreLock(await wait.acquire(path), path, wait.limits.beatMs);
  }

  /** A process that was stopped for long may have lost it. @throws EngineError STORE_LOCKED */
  async assertHeld(): Promise<void> {
    if (await this.#file.isAt(this.#path)) return;
    throw new EngineError('STORE_LOCKED', 'Another process has taken over the local store meanwhile.', {
      advice: 'Try again.',
      facts: { lock: this.#path },
    });
  }

  async release(): Promise<void> {
    clearInterval(this.#heart);
    await this.#file.remove(this.#path);
  }
}

/** One wait for the lock, with what it has seen of the holder. */
class LockWait {
  readonly limits: LockLimits;
  readonly #disk: Disk;
  readonly #own: Owner;
  readonly #options: LockOptions;
  readonly #started = performance.now();
  readonly #seen = new Map<string, { readonly state: string; readonly since: number }>();
  #noticed = false;

  constructor(disk: Disk, own: Owner, options: LockOptions) {
    this.#disk = disk;
    this.#own = own;
    this.#options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  async acquire(path: string): Promise<LockFile> {
    for (;;) {
      throwIfCancelled(this.#options.signal);
      const mine = await LockFile.create(this.#disk, path, this.#own);
      if (mine) return mine;
      const holder = await readLock(this.#disk, path);
      if (!holder) continue;
      const taken = (await this.#mayBeDead(path, holder)) ? await this.#takeOver(path, holder) : undefined;
      if (taken) return taken;
      await this.#pause(path, holder);
    }
  }

  async #mayBeDead(path: string, holder: LockContent): Promise<boolean> {
    if (!holder.owner) return this.#silence(path, holder) >= EMPTY_SILENT_MS;
    switch (await stateOf(holder.owner, this.#own)) {
      case 'dead':
        return true;
      case 'alive':
        return false;
      case 'remote':
      case 'unsure':
        return this.#silence(path, holder) >= this.limits.silentMs;
    }
  }

  /** How long we have seen no beat. */
  #silence(path: string, { token, beats }: LockContent): number {
    const state = `${token} ${beats}`;
    const known = this.#seen.get(path);
    const now = performance.now();
    if (known?.state === state) return now - known.since;
    this.#seen.set(path, { state, since: now });
    return 0;
  }

  async #takeOver(path: string, holder: LockContent): Promise<LockFile | undefined> {
    const claimPath = `${path}.${holder.token}`;
    const claim = await this.acquire(claimPath);
    try {
      const now = await readLock(this.#disk, path);
      if (now?.token !== holder.token || now.beats !== holder.beats) return undefined;
      return await this.#replace(path, holder);
    } finally {
      await claim.remove(claimPath);
    }
  }

  async #replace(path: string, holder: LockContent): Promise<LockFile | undefined> {
    const candidatePath = `${path}.new-${formatOwner(this.#own)}-${randomName()}`;
    const candidate = await LockFile.create(this.#disk, candidatePath, this.#own);
    if (!candidate) return undefined;
    try {
      if (await this.#isTooYoung(candidate, path, holder)) {
        await candidate.remove(candidatePath);
        return undefined;
      }
      await this.#disk.rename(candidatePath, path);
      await this.#removeRemains(path);
      return candidate;
    } catch (error) {
      await candidate.remove(candidatePath);
      throw fromSystemError(error, `replace the lock ${path} of a process that is gone`);
    }
  }

  /** Only the age can tell that a process on another machine is gone. */
  async #isTooYoung(candidate: LockFile, path: string, { owner }: LockContent): Promise<boolean> {
    if (!owner || (await stateOf(owner, this.#own)) === 'dead') return false;
    return (await candidate.olderBy(path)) < this.limits.staleMs;
  }

  /** Claims on locks of the past mean nothing any more; candidates of dead processes neither. */
  async #removeRemains(path: string): Promise<void> {
    const prefix = `${basename(path)}.`;
    for (const file of await this.#disk.readdir(dirname(path))) {
      if (!file.startsWith(prefix)) continue;
      const rest = file.slice(prefix.length);
      const owner = parseOwner(rest.slice('new-'.length, rest.lastIndexOf('-')));
      const inUse = rest.startsWith('new-') && (!owner || (await stateOf(owner, this.#own)) !== 'dead');
      if (!inUse) await removeFile(this.#disk, join(dirname(path), file));
    }
  }

  async #pause(path: string, holder: LockContent): Promise<void> {
    const waited = performance.now() - this.#started;
    if (waited > this.limits.waitMs) throw locked(path, holder);
    if (waited > this.limits.noticeMs && !this.#noticed) {
      this.#noticed = true;
      this.#options.onWaiting?.(`Waiting for another process${numberOf(holder)} that changes the local store.`);
    }
    // Jitter keeps many waiters from asking at the same moment.
    await sleep(this.limits.pollMs * (0.5 + Math.random()), undefined, signalOf(this.#options)).catch(() => undefined);
  }
}

function signalOf({ signal }: LockOptions): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

function numberOf({ owner }: LockContent): string {
  return owner ? ` (number ${owner.pid})` : '';
}

function locked(path: string, holder: LockContent): EngineError {
  return new EngineError('STORE_LOCKED', `Another process${numberOf(holder)} keeps the local store locked.`, {
    advice: `Wait until it is done and try again; if there is no such process, remove ${path}.`,
    facts: { lock: path, ...(holder.owner ? { pid: holder.owner.pid } : {}) },
  });
}
