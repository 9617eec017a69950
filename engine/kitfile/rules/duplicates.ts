import type { Problem } from '../problem.ts';
import { errorAt, informationAt, quoted } from '../problems.ts';
import type { PathUse } from './pathUses.ts';

/** Two entries of one path, however it is spelt (spec 1.5, bad-inputs A16). */
export function duplicatePaths(uses: readonly PathUse[]): readonly Problem[] {
  const first = new Map<string, PathUse>();
  const problems: Problem[] = [];
  for (const use of uses) {
    const other = first.get(use.clean);
    if (other) problems.push(duplicate(use, other));
    else first.set(use.clean, use);
  }
  return problems;
}

function duplicate(use: PathUse, other: PathUse): Problem {
  const older = (use.path || '.') === (other.path || '.') ? '' : ' kit before 1.12 packed both, with the same files.';
  const message = `${other.label} and ${use.label} use the same path ${quoted(use.clean)}. Remove one of them.${older}`;
  return errorAt('KITFILE_RULE', 'duplicate-path', message, use.range, {
    related: [{ range: other.range, message: `${other.label} uses ${quoted(use.clean)} here.` }],
  });
}

/** An entry inside another: the files are packed once, in the inner one (spec 10.1 row 18). */
export function nestedPaths(uses: readonly PathUse[]): readonly Problem[] {
  const first = new Map<string, PathUse>();
  for (const use of uses) if (!first.has(use.clean)) first.set(use.clean, use);
  return uses.flatMap((use) => {
    const outer = innermostAround(use.clean, first);
    if (!outer) return [];
    const message = `This is inside ${quoted(outer.path)} of ${outer.label}, whose layer leaves it out: it is packed here only.`;
    const related = [{ range: outer.range, message: `${outer.label} is here.` }];
    return [informationAt('PORTABILITY', 'nested-path', message, use.range, { related })];
  });
}

/** No disk has longer paths; looking for the folders above takes the square of the length. */
const LONGEST_PATH = 4096;

/** The entry of the nearest folder above a path. */
function innermostAround(path: string, uses: ReadonlyMap<string, PathUse>): PathUse | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const outer = uses.get(path.slice(0, slash));
    if (outer) return outer;
  }
  return undefined;
}
