import type { Kitfile } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { Problem, TextRange } from '../problem.ts';
import { quoted, warningAt } from '../problems.ts';
import { duplicatePaths, nestedPaths } from './duplicates.ts';
import { partTypeProblems } from './partTypes.ts';
import { pathProblem } from './paths.ts';
import { type PathUse, pathUses } from './pathUses.ts';
import { remoteProblems } from './remote.ts';
import { serverProblems } from './servers.ts';

/** What the fields of a Kitfile say about each other: the newest rules of kit (spec 1.5). */
export function ruleProblems(
  kitfile: Kitfile,
  places: ReadonlyMap<string, MapNode>,
  root: MapNode,
): readonly Problem[] {
  const uses = pathUses(kitfile, places);
  return [
    ...manifestVersion(kitfile, root),
    ...uses.flatMap(pathProblem),
    ...duplicatePaths(uses),
    ...nestedPaths(uses.filter(isPacked)),
    ...partTypeProblems(kitfile, places),
    ...remoteProblems(kitfile, places, uses),
    ...serverProblems(kitfile, places),
  ];
}

/** A model without a path, with a reference, and remote data have no layer. */
function isPacked({ layer }: PathUse): boolean {
  return layer;
}

function manifestVersion({ manifestVersion: version }: Kitfile, root: MapNode): readonly Problem[] {
  if (version === '1.0.0') return [];
  const data = { suggestion: '1.0.0' };
  const place = valueAt(root, 'manifestVersion')?.range ?? root.pairs[0]?.key.range ?? root.range;
  const message = version
    ? `The only version of the Kitfile format is 1.0.0. Newer kits warn about ${quoted(version)} and read it as 1.0.0.`
    : 'The line "manifestVersion: 1.0.0" is missing. Newer kits warn about that.';
  const rule = version ? 'manifest-version-unknown' : 'manifest-version-missing';
  return [warningAt('PORTABILITY', rule, message, place, { data })];
}

/** Where the path of an entry is written; the whole entry where it has none. */
export function pathRangeOf(entry: MapNode): TextRange {
  return valueAt(entry, 'path')?.range ?? entry.range;
}
