import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { EngineError, systemCode } from '../errors.ts';
import { fsPath, shownName } from './fileName.ts';
import { openPatiently } from './handles.ts';

const readAsync = promisify(read);
/** Windows has neither flag; links were told from files before. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file that is read once, and must stay as it is from the first byte to the last (bad-inputs A14). */
export class StableFile {
  readonly size: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly #path: string;
  readonly #fd: number;
  readonly #before: BigIntStats;

  private constructor(path: string, fd: number, before: BigIntStats) {
    this.#path = path;
    this.#fd = fd;
    this.#before = before;
    this.size = Number(before.size);
    this.mode = Number(before.mode) & 0o7777;
  }

  /** @throws EngineError FILE_CHANGED when it is no longer a file, FILE_UNREADABLE */
  static async open(path: string): Promise<StableFile> {
    let fd: number;
    try {
      fd = await openPatiently(fsPath(path), FLAGS);
    } catch (error) {
      throw readError(error, path);
    }
    const before = fstatSync(fd, { bigint: true });
    if (before.isFile()) return new StableFile(path, fd, before);
    closeSync(fd);
    throw changed(path, 'is no longer a file');
  }

  /** Fills the buffer from where reading stopped, blocking: for what is small. */
  fillNow(buffer: Buffer): void {
    let filled = 0;
    while (filled < buffer.byteLength) {
      const count = this.#try(() => readSync(this.#fd, buffer, filled, buffer.byteLength - filled, null));
      if (count === 0) throw changed(this.#path, 'shrank');
      filled += count;
    }
  }

  async fill(buffer: Buffer, position: number): Promise<void> {
    let filled = 0;
    while (filled < buffer.byteLength) {
      const length = buffer.byteLength - filled;
      const { bytesRead } = await readAsync(this.#fd, buffer, filled, length, position + filled).catch(
        (error: unknown) => {
          throw readError(error, this.#path);
        },
      );
      if (bytesRead === 0) throw changed(this.#path, 'shrank');
      filled += bytesRead;
    }
  }

  /** Size and time of the open file, and which file has its name now. @throws EngineError FILE_CHANGED */
  assertUnchanged(): void {
    const after = fstatSync(this.#fd, { bigint: true });
    const { size, mtimeNs, ino, dev } = this.#before;
    if (after.size !== size || after.mtimeNs !== mtimeNs) throw changed(this.#path, 'was written to');
    const named = this.#try(() => lstatSync(fsPath(this.#path), { bigint: true }));
    if (named.ino !== ino || named.dev !== dev) throw changed(this.#path, 'was replaced');
  }

  close(): void {
    closeSync(this.#fd);
  }

  #try<Result>(operation: () => Result): Result {
    try {
      return operation();
    } catch (error) {
      throw readError(error, this.#path);
    }
  }
}

/** A file or folder that was there a moment ago and cannot be read. */
export function readError(error: unknown, path: string): EngineError {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return changed(path, 'was moved or deleted', error);
  const shown = shownName(path);
  return new EngineError('FILE_UNREADABLE', `${shown} cannot be read (${code ?? 'unknown'}).`, {
    advice: 'Check its permissions and the disk, or list it in .kitignore.',
    facts: { path: shown, ...(code ? { system: code } : {}) },
    cause: error,
  });
}

function changed(path: string, how: string, cause?: unknown): EngineError {
  const shown = shownName(path);
  return new EngineError('FILE_CHANGED', `${shown} ${how} while it was packed.`, {
    advice: 'Wait until nothing writes to it, then pack again.',
    facts: { path: shown },
    cause,
  });
}
