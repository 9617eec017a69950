import { lstatSync, type Stats } from 'node:fs';
import { EngineError } from '../errors.ts';
import { decodeByteString, fsPath, shownName } from './fileName.ts';
import { folderNames } from './folderNames.ts';
import { isInside, LayerOwnership } from './layerOwnership.ts';
import { assertHoldable, inspectLayerPath } from './layerPath.ts';
import type { LayerSource } from './layerSource.ts';
import { DEFAULT_ARCHIVE_LIMITS } from './limits.ts';
import { DiskNow } from './pathDisk.ts';
import { SortedNames } from './sortedNames.ts';
import { readError } from './stableFile.ts';

export type Walked =
  | {
      readonly kind: 'file' | 'folder';
      readonly path: string;
      readonly mode: number;
      readonly size: number;
      /** The folder around it is not packed, because of a `!` pattern (spec 2.5, "A trap"). */
      readonly orphan: boolean;
    }
  /** Neither file nor folder: left out as kit does. */
  | { readonly kind: 'skipped'; readonly path: string; readonly what: string }
  /** Left out because its name begins like another layer's path. */
  | { readonly kind: 'alike'; readonly path: string; readonly other: string };

/** A folder that is being walked. */
interface Open {
  readonly path: string;
  readonly names: SortedNames;
  readonly packed: boolean;
}

/**
 * The entries of a layer in the order of its tar: as Go's `filepath.Walk` from the context, names sorted by bytes, without
 * what is ignored or another layer's (spec 2.2). In memory are the names of the folders on the way to the current entry.
 * @throws EngineError PATH_*, FILE_UNREADABLE, FILE_CHANGED, ARCHIVE_LIMIT
 */
export function* walkLayer(source: LayerSource): Generator<Walked> {
  inspectLayerPath(source.path, new DiskNow(source.context));
  const walk = new Walk(source);
  let count = 0;
  for (const walked of walk.entries()) {
    if (walked.kind === 'file' || walked.kind === 'folder') count += 1;
    if (count > DEFAULT_ARCHIVE_LIMITS.entries) throw tooMany(source.path);
    yield walked;
  }
}

class Walk {
  readonly #source: LayerSource;
  readonly #ownership: LayerOwnership;

  constructor(source: LayerSource) {
    this.#source = source;
    this.#ownership = new LayerOwnership(source.path, source.otherPaths);
  }

  *entries(): Generator<Walked> {
    const { path, context } = this.#source;
    if (path === '.') return yield* this.#inside({ path, names: readNames(context), packed: true });
    const names = path.split('/');
    let packed = true;
    for (let depth = 1; depth <= names.length; depth += 1) {
      const step = names.slice(0, depth).join('/');
      const stats = this.#look(step);
      const out = this.#isLeftOut(step);
      if (out && (stats.isFile() || !this.#source.ignore.hasExceptions)) return;
      if (!out) yield entry(step, stats, !packed);
      packed = !out;
      if (depth === names.length && stats.isDirectory()) yield* this.#inside(this.#open(step, packed));
    }
  }

  *#inside(top: Open): Generator<Walked> {
    const stack: Open[] = [top];
    for (let folder = stack.at(-1); folder; folder = stack.at(-1)) {
      const name = folder.names.take();
      if (name === undefined) {
        stack.pop();
        continue;
      }
      const decoded = decodeByteString(name);
      const path = folder.path === '.' ? decoded : `${folder.path}/${decoded}`;
      const opened = yield* this.#visit(path, folder);
      if (opened) stack.push(opened);
    }
  }

  /** @returns the folder to go into */
  *#visit(path: string, parent: Open): Generator<Walked, Open | undefined> {
    const stats = this.#look(path);
    const owner = this.#ownership.owner(path);
    const out = owner !== undefined || this.#source.ignore.ignores(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      if (!out) yield { kind: 'skipped', path, what: kindOf(stats) };
      return undefined;
    }
    if (owner !== undefined && !isInside(path, owner)) yield { kind: 'alike', path, other: owner };
    if (!out) {
      assertHoldable(path);
      yield entry(path, stats, !parent.packed);
    }
    if (stats.isFile() || (out && !this.#source.ignore.hasExceptions)) return undefined;
    return this.#open(path, !out);
  }

  #isLeftOut(path: string): boolean {
    return this.#source.ignore.ignores(path) || this.#ownership.owner(path) !== undefined;
  }

  #look(path: string): Stats {
    const full = `${this.#source.context}/${path}`;
    try {
      return lstatSync(fsPath(full));
    } catch (error) {
      throw readError(error, full);
    }
  }

  #open(path: string, packed: boolean): Open {
    return { path, names: readNames(`${this.#source.context}/${path}`), packed };
  }
}

function entry(path: string, stats: Stats, orphan: boolean): Walked {
  if (stats.isFile()) return { kind: 'file', path, mode: stats.mode & 0o7777, size: stats.size, orphan };
  return { kind: 'folder', path, mode: folderMode(stats), size: 0, orphan };
}

/** On Windows Go says 0777 for every folder (spec 2.3). */
function folderMode(stats: Stats): number {
  return process.platform === 'win32' ? 0o777 : stats.mode & 0o7777;
}

/** Names as byte strings, one character per byte: they sort as their bytes do. */
function readNames(folder: string): SortedNames {
  const names = new SortedNames();
  try {
    for (const name of folderNames(folder)) names.add(name.toString('latin1'));
  } catch (error) {
    throw readError(error, folder);
  }
  return names;
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function tooMany(path: string): EngineError {
  const limit = DEFAULT_ARCHIVE_LIMITS.entries;
  return new EngineError('ARCHIVE_LIMIT', `The layer ${shownName(path)} has more than ${limit} files and folders.`, {
    advice: 'Pack them as an archive of their own, or leave some out in .kitignore.',
    facts: { path: shownName(path), limit },
  });
}
