import type { Dataset, Kitfile } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { Problem, TextRange } from '../problem.ts';
import { errorAt, quoted, warningAt } from '../problems.ts';
import { isModelReference } from '../reference.ts';
import type { KitfileRule } from '../rule.ts';
import { entryKey } from '../toKitfile.ts';
import type { PathUse } from './pathUses.ts';

/** `remotePath` and `remoteHash` of data sets (spec 1.5, 6.6). */
export function remoteProblems(
  { datasets = [] }: Kitfile,
  places: ReadonlyMap<string, MapNode>,
  uses: readonly PathUse[],
): readonly Problem[] {
  const own = new Map(uses.filter(({ section }) => section === 'datasets').map((use) => [use.index, use]));
  return datasets.flatMap((dataset, index) => {
    const place = places.get(entryKey({ section: 'datasets', index }));
    if (!place) return [];
    const inside = insideProblems(dataset, own.get(index), uses);
    return [...hashProblems(dataset, place), ...pathProblems(dataset, place), ...inside];
  });
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
function insideProblems(
  { remotePath = '' }: Dataset,
  own: PathUse | undefined,
  uses: readonly PathUse[],
): readonly Problem[] {
  if (!own || !isModelReference(remotePath)) return [];
  const inside = uses.filter((use) => use !== own && (own.clean === '.' || use.clean.startsWith(`${own.clean}/`)));
  return inside.map((use) =>
    errorAt(
      'KITFILE_RULE',
      'inside-remote-data',
      `${quoted(use.path)} is inside ${own.label}, which is filled from another ModelKit.`,
      use.range,
      { related: [{ range: own.range, message: `${own.label} is here.` }] },
    ),
  );
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
