import { cleanPath } from '../archive/cleanPath.ts';
import { readIgnoreRules } from '../archive/ignoreRules.ts';
import { PathSnapshot } from '../archive/pathSnapshot.ts';
import { fullText, isEngineError, throwIfCancelled } from '../errors.ts';
import { type LocatedEntry, type ParsedKitfile, type ParseOptions, parseKitfile } from '../kitfile/parse.ts';
import type { Problem, TextRange } from '../kitfile/problem.ts';
import { errorAt } from '../kitfile/problems.ts';
import type { Call } from './call.ts';
import { checkEntry, type EntryContext } from './checkEntry.ts';
import { LayerSurveyor } from './layerSurvey.ts';
import { storeWithin } from './storeWithin.ts';

export interface CheckOptions extends ParseOptions {
  /** Absolute path of the local store: a layer must not hold it. */
  readonly home?: string;
}

/** A Kitfile with all findings, those of the disk too. */
export type CheckedKitfile = ParsedKitfile;

/**
 * Everything that `pack` would say about a Kitfile, without reading the files' content. An error here is what `pack` refuses
 * (spec 1.5, bad-inputs A8 to A22).
 * @param folder absolute; undefined where there is no disk to look at
 * @throws EngineError CANCELLED
 */
export async function checkKitfile(
  source: Uint8Array | string,
  folder: string | undefined,
  options: CheckOptions,
  call: Call = {},
): Promise<CheckedKitfile> {
  const parsed = parseKitfile(source, options);
  if (folder === undefined || !parsed.kitfile) return parsed;
  const found = await diskProblems(parsed, folder, options, call);
  const problems = [...parsed.problems, ...found].sort((one, other) => one.range.start - other.range.start);
  return { ...parsed, problems };
}

async function diskProblems(
  { entries, problems }: ParsedKitfile,
  folder: string,
  { home }: CheckOptions,
  { signal }: Call,
): Promise<readonly Problem[]> {
  const refused = refusedPlaces(problems);
  const checked = entries.filter(({ pathRange }) => !refused.has(placeKey(pathRange)));
  const context = await entryContext(entries, folder, home, signal);
  if (!('ignore' in context)) return [context];
  const found: Problem[] = [];
  for (const entry of checked) {
    throwIfCancelled(signal);
    found.push(...(await checkEntry(entry, context)));
  }
  return found;
}

/** What the text alone shows to be wrong is said once. */
function refusedPlaces(problems: readonly Problem[]): ReadonlySet<string> {
  const refused = problems.filter(({ severity, rule }) => severity === 'error' && rule !== 'duplicate-path');
  return new Set(refused.map(({ range }) => placeKey(range)));
}

function placeKey({ start, end }: TextRange): string {
  return `${start}-${end}`;
}

/** @returns a problem where the ignore file cannot be used: nothing is packed without its rules */
async function entryContext(
  entries: readonly LocatedEntry[],
  folder: string,
  home: string | undefined,
  signal: AbortSignal | undefined,
): Promise<EntryContext | Problem> {
  try {
    const ignore = await readIgnoreRules(folder);
    const store = home === undefined ? undefined : await storeWithin(folder, home);
    const paths = entries.map(({ path }) => cleanPath(path));
    const disk = await PathSnapshot.of(folder, paths, signal);
    const surveyor = new LayerSurveyor(folder, ignore, paths, signal);
    return { folder, disk, surveyor, ignore, paths, ...(store === undefined ? {} : { store }) };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return errorAt(error.code, 'kitignore', fullText(error), { start: 0, end: 0 });
  }
}
