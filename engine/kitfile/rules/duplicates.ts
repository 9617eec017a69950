import type { Problem } from '../problem.ts';
import { errorAt, informationAt, quoted } from '../problems.ts';
import { folderIndex } from './folderIndex.ts';
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
  const around = folderIndex(uses.filter(({ clean }) => clean !== '.'));
  return uses.flatMap((use) => {
    const outer = around(use);
    if (!outer) return [];
    const message = `This is inside ${quoted(outer.path)} of ${outer.label}, whose layer leaves it out: it is packed here only.`;
    const related = [{ range: outer.range, message: `${outer.label} is here.` }];
    return [informationAt('PORTABILITY', 'nested-path', message, use.range, { related })];
  });
}
