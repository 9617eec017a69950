import { join } from 'node:path';
import { cleanPath } from '../archive/cleanPath.ts';
import type { IgnoreRules } from '../archive/ignoreRules.ts';
import { isInside } from '../archive/layerOwnership.ts';
import { inspectLayerPath } from '../archive/layerPath.ts';
import type { PathSnapshot } from '../archive/pathSnapshot.ts';
import { type ErrorCode, isEngineError } from '../errors.ts';
import type { LocatedEntry } from '../kitfile/parse.ts';
import type { Problem } from '../kitfile/problem.ts';
import { errorAt, quoted, warningAt } from '../kitfile/problems.ts';
import type { KitfileRule } from '../kitfile/rule.ts';
import type { LayerSurveyor } from './layerSurvey.ts';
import { mcpBundleComplaint } from './mcpBundle.ts';

/** What the entries of one Kitfile are checked against. */
export interface EntryContext {
  /** Absolute. */
  readonly folder: string;
  readonly disk: PathSnapshot;
  readonly surveyor: LayerSurveyor;
  readonly ignore: IgnoreRules;
  /** The clean paths of all entries. */
  readonly paths: readonly string[];
  /** The local store's path inside the folder. */
  readonly store?: string;
}

const RULES: Partial<Record<ErrorCode, KitfileRule>> = {
  PATH_NOT_FOUND: 'path-missing',
  PATH_OUTSIDE: 'path-outside',
  PATH_UNSUPPORTED: 'path-unsupported',
};

/** What the disk says of one entry; the mark is on its path. */
export async function checkEntry(entry: LocatedEntry, context: EntryContext): Promise<readonly Problem[]> {
  const path = cleanPath(entry.path);
  const looked = inspect(entry, path, context.disk);
  if (typeof looked !== 'string') return [looked];
  const full = join(context.folder, path);
  const errors = [
    coversStore(entry, path, context),
    looked === 'folder' ? await contentProblem(entry, path, context.surveyor) : undefined,
  ];
  const bundle = entry.kind === 'mcpb' ? await mcpBundleComplaint(full) : undefined;
  return [
    ...errors.flatMap((problem) => problem ?? []),
    ...(bundle ? [errorAt('KITFILE_RULE', 'mcp-bundle', bundle, entry.pathRange)] : []),
    ...(path !== '.' && context.ignore.ignores(path) ? [ignored(entry, context.ignore)] : []),
  ];
}

/** @returns what is there, or what is wrong with it */
function inspect({ pathRange }: LocatedEntry, path: string, disk: PathSnapshot): 'file' | 'folder' | Problem {
  try {
    return inspectLayerPath(path, disk);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    const { spelling } = error.facts;
    const data = typeof spelling === 'string' ? { data: { suggestion: respelt(path, spelling) } } : {};
    const hint = error.code === 'PATH_NOT_FOUND' && disk.hasDvcFile(path) ? DVC : undefined;
    const message = [error.message, error.advice, hint].filter(Boolean).join(' ');
    return errorAt(error.code, RULES[error.code] ?? 'path-unreadable', message, pathRange, data);
  }
}

/** Weights that DVC keeps are not there until it fetches them. */
const DVC = 'DVC tracks it: run "dvc pull" first.';

/** The path with the disk's spelling of the name that differs. */
function respelt(path: string, spelling: string): string {
  const folded = (name: string) => name.normalize().toLowerCase();
  return path
    .split('/')
    .map((name) => (folded(name) === folded(spelling) ? spelling : name))
    .join('/');
}

/** The layer would hold the very blobs that it is stored in (bad-inputs A17). */
function coversStore({ pathRange }: LocatedEntry, path: string, context: EntryContext): Problem | undefined {
  const { store, ignore, paths } = context;
  if (store === undefined || !(isInside(store, path) || isInside(path, store)) || ignore.ignores(store))
    return undefined;
  const inner = paths.some((other) => other !== path && isInside(store, other) && isInside(other, path));
  if (inner) return undefined;
  const message = `The local store ${quoted(store)} is in this layer, which would then pack itself. Put it into .kitignore, or set KITOPS_HOME to another folder.`;
  return errorAt('PATH_UNSUPPORTED', 'covers-store', message, pathRange);
}

/**
 * What is in a folder that no layer can hold: names with two dots in a row (spec 2.2), or nothing but links, as in a cache
 * of Hugging Face, which would be an empty layer (bad-inputs A10).
 */
async function contentProblem({ pathRange }: LocatedEntry, path: string, surveyor: LayerSurveyor) {
  const { dotted, onlyLinks } = await surveyor.survey(path);
  if (dotted !== undefined) {
    const message = `${quoted(dotted)} has two dots inside a name, and kit cannot unpack that. Rename it.`;
    return errorAt('PATH_UNSUPPORTED', 'path-dots', message, pathRange);
  }
  if (!onlyLinks) return undefined;
  const message =
    'This folder holds links and no files, and links are not packed: the layer would be empty. Copy the files themselves here.';
  return errorAt('PATH_UNSUPPORTED', 'only-links', message, pathRange);
}

function ignored({ path, pathRange }: LocatedEntry, { hasExceptions }: IgnoreRules): Problem {
  const rest = hasExceptions ? 'only what a ! pattern brings back is packed' : 'the layer will be empty';
  const message = `${quoted(path)} is left out by .kitignore or is the Kitfile itself: ${rest}.`;
  return warningAt('LAYER_EMPTY', 'path-ignored', message, pathRange);
}
