import type { Dataset, Kitfile } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { Problem, TextRange } from '../problem.ts';
import { errorAt, quoted, warningAt } from '../problems.ts';
import { isModelReference } from '../reference.ts';
import type { KitfileRule } from '../rule.ts';
import { entryKey } from '../toKitfile.ts';
import { folderIndex } from './folderIndex.ts';
import type { PathUse } from './pathUses.ts';

/** `remotePath` and `remoteHash` of data sets (spec 1.5, 6.6). */
export function remoteProblems(
  { datasets = [] }: Kitfile,
  places: ReadonlyMap<string, MapNode>,
  uses: readonly PathUse[],
): readonly Problem[] {
  const found = datasets.flatMap((dataset, index) => {
    const place = places.get(entryKey({ section: 'datasets', index }));
    return place ? [...hashProblems(dataset, place), ...pathProblems(dataset, place)] : [];
  });
  const filled = uses.filter(
    ({ section, index }) => section === 'datasets' && isModelReference(datasets[index]?.remotePath ?? ''),
  );
  return [...found, ...insideProblems(filled, uses)];
}

function hashProblems({ remotePath = '', remoteHash }: Dataset, place: MapNode): readonly Problem[] {
  if (remoteHash && !remotePath)
    return [
      broken('remote-hash-alone', 'remoteHash needs a remotePath that it is the hash of.', at(place, 'remoteHash')),
    ];
  if (remoteHash && isModelReference(remotePath)) {
    const message = 'remoteHash has no effect here: a ModelKit is verified by its digest.';
    return [warningAt('PORTABILITY', 'remote-hash-ignored', message, at(place, 'remoteHash'))];
  }
  if (!remoteHash && isS3(remotePath))
    return [broken('remote-hash-missing', 'Data at an s3:// address needs a remoteHash.', at(place, 'remotePath'))];
  return [];
}

function pathProblems({ remotePath = '' }: Dataset, place: MapNode): readonly Problem[] {
  if (remotePath === '' || isS3(remotePath) || isModelReference(remotePath)) return [];
  const message = `${quoted(remotePath)} must be an s3:// address or a reference to a ModelKit with its tag, such as ghcr.io/team/data:1.0.0.`;
  return [broken('remote-path', message, at(place, 'remotePath'))];
}

/** The data of another ModelKit is unpacked below the path of the data set: nothing else can be there. */
function insideProblems(filled: readonly PathUse[], uses: readonly PathUse[]): readonly Problem[] {
  const around = folderIndex(filled);
  return uses.flatMap((use) => {
    const other = around(use);
    if (!other) return [];
    const message = `${quoted(use.path)} is inside ${other.label}, which is filled from another ModelKit.`;
    const related = [{ range: other.range, message: `${other.label} is here.` }];
    return [errorAt('KITFILE_RULE', 'inside-remote-data', message, use.range, { related })];
  });
}

function isS3(path: string): boolean {
  return path.startsWith('s3://');
}

function at(place: MapNode, key: string): TextRange {
  return (valueAt(place, key) ?? place).range;
}

function broken(rule: KitfileRule, message: string, range: TextRange): Problem {
  return errorAt('KITFILE_RULE', rule, message, range);
}
