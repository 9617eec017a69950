import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiskGate, inTime } from './gate.ts';

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
}

/** What features may ask of the disk. Every answer comes soon; undefined means that the disk does not say. */
export interface Folders {
  /** Files and folders, no links: a layer cannot be one (bad-inputs A10). */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  facts(path: string): Promise<FileFacts | undefined>;
}

export class DiskFolders implements Folders {
  readonly #gate: DiskGate;

  constructor(gate: DiskGate) {
    this.#gate = gate;
  }

  list(folder: string): Promise<readonly FolderEntry[] | undefined> {
    return this.#ask(async () => {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() || entry.isDirectory())
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    });
  }

  facts(path: string): Promise<FileFacts | undefined> {
    return this.#ask(async () => {
      const stats = await lstat(path);
      const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
      return { kind, bytes: stats.size };
    });
  }

  /** A missing or unreadable folder has nothing to offer; diagnostics say why. */
  #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    return inTime(this.#gate.run(question).catch(() => undefined));
  }
}

/** The absolute path of a path in a Kitfile; undefined when it is absolute or leaves the folder. */
export function insideFolder(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path)) return undefined;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return undefined;
  }
  return join(folder, path);
}
