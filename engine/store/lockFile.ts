import type { FileHandle } from 'node:fs/promises';
import { fromSystemError, systemCode } from '../errors.ts';
import { type Disk, ifThere, removeFile, withHandles } from './disk.ts';
import { formatOwner, type Owner, parseOwner, randomName, stateOf, thisOwner } from './owner.ts';

/** What a lock file says: `<beats> <owner> <token>`; a file whose maker died before it could write says nothing. */
export interface LockContent {
  readonly beats: string;
  readonly owner: Owner | undefined;
  /** Different for each time that a lock is taken. */
  readonly token: string;
}

const EMPTY: LockContent = { beats: '', owner: undefined, token: 'empty' };
const BEAT_DIGITS = 10;

export async function readLock(disk: Disk, path: string): Promise<LockContent | undefined> {
  const text = await ifThere(() => disk.readFile(path, 'utf8'));
  if (text === undefined) return undefined;
  const [beats = '', owner = '', token = ''] = text.trim().split(' ');
  return token === '' ? EMPTY : { beats, owner: parseOwner(owner), token };
}

export async function isHeldByDead(disk: Disk, path: string): Promise<boolean> {
  const holder = await readLock(disk, path);
  return holder?.owner !== undefined && (await stateOf(holder.owner, await thisOwner())) === 'dead';
}

/** A lock file that this process has made, kept open for the heartbeat. */
export class LockFile {
  readonly #disk: Disk;
  readonly #handle: FileHandle;
  #beats = 0;

  private constructor(disk: Disk, handle: FileHandle) {
    this.#disk = disk;
    this.#handle = handle;
  }

  /** Undefined when somebody else has it. Exclusive create is all that every file system has (bad-inputs B13). */
  static async create(disk: Disk, path: string, owner: Owner): Promise<LockFile | undefined> {
    const handle = await open(disk, path);
    if (!handle) return undefined;
    try {
      await handle.write(`${'0'.repeat(BEAT_DIGITS)} ${formatOwner(owner)} ${randomName()}\n`, 0);
    } catch (error) {
      // On a full disk an empty lock must do, since removing is what helps: others take it for abandoned after a while.
      if (systemCode(error) !== 'ENOSPC') await giveBack(disk, handle, path, error);
    }
    return new LockFile(disk, handle);
  }

  /** Shows others that the holder works. A beat that fails is missed; `isAt` tells whether the lock was lost by that. */
  async beat(): Promise<void> {
    this.#beats += 1;
    await this.#handle.write(String(this.#beats).padStart(BEAT_DIGITS, '0'), 0).catch(() => undefined);
  }

  /** False when another process has put its own file in this place. */
  async isAt(path: string): Promise<boolean> {
    const [own, there] = await Promise.all([this.#handle.stat(), ifThere(() => this.#disk.lstat(path))]);
    return own.ino === there?.ino && own.dev === there.dev;
  }

  /** Milliseconds that another file is older, by the clock of the disk that both are on. */
  async olderBy(path: string): Promise<number> {
    const [own, there] = await Promise.all([this.#handle.stat(), ifThere(() => this.#disk.lstat(path))]);
    return there ? own.mtimeMs - there.mtimeMs : 0;
  }

  async remove(path: string): Promise<void> {
    if (await this.isAt(path)) await removeFile(this.#disk, path);
    await this.#handle.close();
  }
}

async function open(disk: Disk, path: string): Promise<FileHandle | undefined> {
  try {
    return await withHandles(() => disk.open(path, 'wx', 0o644));
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return undefined;
    throw fromSystemError(error, `lock the local store with ${path}`);
  }
}

async function giveBack(disk: Disk, handle: FileHandle, path: string, error: unknown): Promise<never> {
  await handle.close();
  await removeFile(disk, path);
  throw fromSystemError(error, `lock the local store with ${path}`);
}
