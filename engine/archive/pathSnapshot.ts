import { constants } from 'node:fs';
import { access, readlink, stat } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { decodeName, fsPath } from './fileName.ts';
import { folderEntries } from './folderEntries.ts';
import { kindOfEntry, type PathDisk, type PathKind, placeOf } from './pathDisk.ts';
import { portableKey } from './portableName.ts';
import { readError } from './stableFile.ts';

/** Names that a snapshot looks for in one folder; those that are folders have wanted names of their own. */
type Wanted = Map<string, Wanted>;

/**
 * What the disk says of some paths, asked once: each folder on the way is listed one time, whatever number of paths goes
 * through it, without blocking, on one thread at a time. In memory are only names that a path has.
 */
export class PathSnapshot implements PathDisk {
  readonly #context: string;
  readonly #kinds = new Map<string, PathKind>();
  readonly #spellings = new Map<string, string>();
  readonly #targets = new Map<string, string>();
  readonly #failures = new Map<string, unknown>();
  readonly #beside = new Set<string>();

  private constructor(context: string) {
    this.#context = context;
  }

  /** @param paths relative to the context, as cleaned */
  static async of(context: string, paths: readonly string[], signal?: AbortSignal): Promise<PathSnapshot> {
    const snapshot = new PathSnapshot(context);
    await snapshot.#lookAtContext(wantedNames(paths), signal);
    return snapshot;
  }

  kindOf(path: string): PathKind | undefined {
    const { folder } = placeOf(path);
    const failure = this.#failures.get(path) ?? this.#failures.get(folder);
    if (failure !== undefined) throw readError(failure, this.#full(folder));
    return this.#kinds.get(path);
  }

  spellingOf(path: string): string | undefined {
    return this.#spellings.get(path);
  }

  targetOf(path: string): string {
    return this.#targets.get(path) ?? '?';
  }

  /** DVC keeps the path: there is a file of that name and `.dvc`. */
  hasDvcFile(path: string): boolean {
    return this.#beside.has(path);
  }

  async #lookAtContext(wanted: Wanted, signal: AbortSignal | undefined): Promise<void> {
    try {
      const kind = kindOfEntry(await stat(fsPath(this.#context)));
      this.#kinds.set('.', kind);
      if (kind === 'folder') await this.#list('.', wanted, signal);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') this.#failures.set('.', error);
    }
  }

  async #list(folder: string, wanted: Wanted, signal: AbortSignal | undefined): Promise<void> {
    if (wanted.size === 0 || signal?.aborted) return;
    try {
      await this.#find(folder, wanted);
    } catch (error) {
      this.#failures.set(folder, error);
      return;
    }
    for (const [name, below] of wanted) {
      const path = joined(folder, name);
      if (this.#kinds.get(path) === 'folder') await this.#list(path, below, signal);
    }
  }

  async #find(folder: string, wanted: Wanted): Promise<void> {
    const full = this.#full(folder);
    // Without this right the names can be listed and nothing behind them be reached.
    await access(fsPath(full), constants.X_OK);
    for await (const entry of await folderEntries(full)) {
      const name = decodeName(entry.name);
      if (name.endsWith('.dvc')) this.#beside.add(joined(folder, name.slice(0, -'.dvc'.length)));
      if (wanted.has(name)) await this.#found(joined(folder, name), kindOfEntry(entry));
    }
    const missing = [...wanted.keys()].filter((name) => !this.#kinds.has(joined(folder, name)));
    if (missing.length > 0) await this.#findAlike(folder, missing);
  }

  async #found(path: string, kind: PathKind): Promise<void> {
    this.#kinds.set(path, kind);
    if (kind !== 'link') return;
    const target = await readlink(fsPath(this.#full(path)), { encoding: 'buffer' });
    this.#targets.set(path, decodeName(target));
  }

  async #findAlike(folder: string, missing: readonly string[]): Promise<void> {
    const keys = Map.groupBy(missing, portableKey);
    for await (const entry of await folderEntries(this.#full(folder))) {
      const name = decodeName(entry.name);
      for (const other of keys.get(portableKey(name)) ?? []) {
        const path = joined(folder, other);
        if (!this.#spellings.has(path)) this.#spellings.set(path, name);
      }
    }
  }

  #full(path: string): string {
    return path === '.' ? this.#context : `${this.#context}/${path}`;
  }
}

function wantedNames(paths: readonly string[]): Wanted {
  const root: Wanted = new Map();
  for (const path of paths) {
    let at = root;
    for (const name of path === '.' ? [] : path.split('/')) {
      const below: Wanted = at.get(name) ?? new Map();
      at.set(name, below);
      at = below;
    }
  }
  return root;
}

function joined(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}
