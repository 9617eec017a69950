import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { systemCode } from '../errors.ts';
import { decodeName, fsPath } from './fileName.ts';
import { folderNames } from './folderNames.ts';
import { portableKey } from './portableName.ts';
import { readError } from './stableFile.ts';

export type PathKind = 'file' | 'folder' | 'link' | 'other';

/** A disk as the check of a layer's path asks it. Paths are relative to the context, as cleaned. */
export interface PathDisk {
  /** What the folder above has by exactly this name, following nothing. @throws EngineError FILE_UNREADABLE */
  kindOf(path: string): PathKind | undefined;
  /** The name that the folder above has instead, in another case or Unicode form. */
  spellingOf(path: string): string | undefined;
  /** Where a link leads to. */
  targetOf(path: string): string;
}

/** Asks the disk at each question, blocking: for what is read right after. */
export class DiskNow implements PathDisk {
  readonly #context: string;

  constructor(context: string) {
    this.#context = context;
  }

  /** Also on a disk that finds names in another case or Unicode form: kit's walk compares bytes. */
  kindOf(path: string): PathKind | undefined {
    const { folder, name } = placeOf(path);
    if (name !== undefined && this.#find(folder, (found) => found === name) === undefined) return undefined;
    const full = this.#full(path);
    try {
      // The context itself may be a link: only what is inside must not be one.
      return kindOfEntry(name === undefined ? statSync(fsPath(full)) : lstatSync(fsPath(full)));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw readError(error, full);
    }
  }

  spellingOf(path: string): string | undefined {
    const { folder, name = '' } = placeOf(path);
    const key = portableKey(name);
    return this.#find(folder, (found) => portableKey(found) === key);
  }

  targetOf(path: string): string {
    return decodeName(readlinkSync(fsPath(this.#full(path)), { encoding: 'buffer' }));
  }

  /** The first name in a folder that fits. */
  #find(folder: string, fits: (name: string) => boolean): string | undefined {
    const full = this.#full(folder);
    try {
      for (const bytes of folderNames(full)) {
        const name = decodeName(bytes);
        if (fits(name)) return name;
      }
    } catch (error) {
      throw readError(error, full);
    }
    return undefined;
  }

  #full(path: string): string {
    return path === '.' ? this.#context : `${this.#context}/${path}`;
  }
}

/** The folder that holds a path, and its name there; the context itself has none. */
export function placeOf(path: string): { readonly folder: string; readonly name: string | undefined } {
  const slash = path.lastIndexOf('/');
  if (slash >= 0) return { folder: path.slice(0, slash), name: path.slice(slash + 1) };
  return { folder: '.', name: path === '.' ? undefined : path };
}

interface EntryKind {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

export function kindOfEntry(entry: EntryKind): PathKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
