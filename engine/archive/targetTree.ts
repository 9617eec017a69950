import { chmodSync, lstatSync, mkdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { unsafe } from './archiveErrors.ts';
import { fsPath, shownName } from './fileName.ts';

interface Folder {
  readonly dev: number;
  readonly ino: number;
  readonly created: boolean;
}

/**
 * The folders of an unpack target. None is reached through a link: each is looked at by `lstat` when it is first used,
 * and must be the same one whenever something is put into it (bad-inputs D3).
 */
export class TargetTree {
  readonly root: string;
  readonly #folders = new Map<string, Folder>();
  /** Files where none was, with their time of change: nobody can set that one back. */
  readonly #newFiles = new Map<string, number>();
  /** Modes that are set last, so that a read-only folder can be filled (bad-inputs D5). */
  readonly #modes = new Map<string, number>();
  readonly #umask = process.umask();

  constructor(root: string) {
    this.root = root;
  }

  at(path: string): string | Buffer {
    return fsPath(path === '.' ? this.root : `${this.root}/${path}`);
  }

  /** What is at a path; undefined when nothing is. @throws EngineError ARCHIVE_UNSAFE when a link is on the way, TARGET_EXISTS */
  look(path: string): Stats | undefined {
    return this.#isFolder(parentOf(path)) ? this.#lstat(path) : undefined;
  }

  /** Makes a folder and those above it. @throws EngineError as `look` */
  makeFolder(path: string, mode: number): void {
    if (!this.#isFolder(path)) this.#createFolder(path, mode);
    this.#fixMode(path, mode);
  }

  /** Before a file is put into its folder: the folder is there, and is the one that it was. */
  prepareParent(path: string): void {
    this.#makeParent(path);
    const parent = parentOf(path);
    const known = this.#folders.get(parent);
    const now = this.#lstat(parent);
    if (!known || !now?.isDirectory() || now.ino !== known.ino || now.dev !== known.dev) throw replaced(parent);
  }

  /** Gives the folders that were made the modes that they shall have. */
  setModes(): void {
    for (const [path, mode] of [...this.#modes].reverse()) {
      const known = this.#folders.get(path);
      const now = this.#lstat(path);
      if (!known || now?.ino !== known.ino || now.dev !== known.dev) throw replaced(path);
      chmodSync(this.at(path), mode);
    }
    this.#modes.clear();
  }

  /** Remembers a file that was put where none was before this unpack. */
  noteFile(path: string, replaced: boolean): void {
    if (replaced && !this.#newFiles.has(path)) return;
    const made = this.#lstat(path);
    if (made) this.#newFiles.set(path, made.ctimeMs);
  }

  /** Takes away the files that were put here, but not what somebody else made of them meanwhile. */
  removeNewFiles(): void {
    for (const [path, changed] of this.#newFiles) {
      const parent = this.#folders.get(parentOf(path));
      if (this.#lstat(parentOf(path))?.ino !== parent?.ino) continue;
      if (this.#lstat(path)?.ctimeMs === changed) rmSync(this.at(path), { force: true });
    }
    this.#newFiles.clear();
  }

  /** Takes away the folders that were made and hold nothing. */
  removeEmpty(): void {
    for (const [path, folder] of [...this.#folders].reverse()) {
      const now = folder.created ? this.#lstat(path) : undefined;
      if (now?.ino !== folder.ino || now.dev !== folder.dev) continue;
      try {
        rmdirSync(this.at(path));
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemCode(error) ?? ''))
          throw fromSystemError(error, `remove the folder ${shownName(path)}`);
      }
    }
  }

  #createFolder(path: string, mode: number): void {
    this.#makeParent(path);
    try {
      mkdirSync(this.at(path), { mode: mode | 0o700 });
    } catch (error) {
      throw fromSystemError(error, `create the folder ${shownName(path)}`);
    }
    const made = this.#lstat(path);
    if (!made?.isDirectory()) throw replaced(path);
    this.#folders.set(path, { dev: made.dev, ino: made.ino, created: true });
  }

  #makeParent(path: string): void {
    const parent = parentOf(path);
    if (!this.#isFolder(parent)) this.makeFolder(parent, 0o755);
  }

  /** The mode counts for a folder that we made, not for one that was there. */
  #fixMode(path: string, mode: number): void {
    if (!this.#folders.get(path)?.created) return;
    const wanted = mode & 0o777 & ~this.#umask;
    const now = this.#lstat(path);
    if (now && (now.mode & 0o777) !== wanted) this.#modes.set(path, wanted);
    else this.#modes.delete(path);
  }

  /** False when it is not there yet. */
  #isFolder(path: string): boolean {
    if (this.#folders.has(path)) return true;
    if (path !== '.' && !this.#isFolder(parentOf(path))) return false;
    const stats = this.#lstat(path);
    if (!stats) return false;
    if (stats.isSymbolicLink()) throw unsafe(path, 'it is a link in the target folder, and no link is followed');
    if (!stats.isDirectory()) throw inTheWay(path, 'is a file, and a folder is needed there');
    this.#folders.set(path, { dev: stats.dev, ino: stats.ino, created: false });
    return true;
  }

  #lstat(path: string): Stats | undefined {
    try {
      return lstatSync(this.at(path), { throwIfNoEntry: false });
    } catch (error) {
      if (systemCode(error) === 'ENOTDIR') return undefined;
      throw fromSystemError(error, `look at ${shownName(path)}`);
    }
  }
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** @param how the rest of a sentence about the path */
export function inTheWay(
  path: string,
  how: string,
  advice = 'Move it away, or unpack into another folder.',
): EngineError {
  const shown = shownName(path);
  return new EngineError('TARGET_EXISTS', `${shown} ${how}.`, { advice, facts: { path: shown } });
}

function replaced(path: string): EngineError {
  return unsafe(path, 'the folder was replaced while it was filled');
}
