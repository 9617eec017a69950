import { type KitNode, keyText, type MapNode, type PairNode } from './nodes.ts';
import { syntaxError } from './problems.ts';
import { Unusable } from './unusable.ts';

/** Resolves `<<`: keys of the map itself win, then those of the maps in their order (spec 1.3). */
export function mergePairs(pairs: readonly PairNode[]): readonly PairNode[] {
  if (!pairs.some(isMerge)) return pairs;
  const own = pairs.filter((pair) => !isMerge(pair));
  const taken = new Set(own.map(keyText));
  const merged = pairs.filter(isMerge).flatMap(({ value }) => mergedMaps(value));
  const added: PairNode[] = [];
  for (const pair of merged.flatMap((map) => map.pairs)) {
    const key = keyText(pair);
    if (key === undefined || taken.has(key)) continue;
    taken.add(key);
    added.push({ ...pair, merged: true });
  }
  return [...own, ...added];
}

function isMerge({ key }: PairNode): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false;
  return key.tag === undefined ? key.plain : key.tag === '!!merge';
}

function mergedMaps(value: KitNode): readonly MapNode[] {
  if (value.kind === 'map') return [value];
  const items = value.kind === 'list' ? value.items : [];
  if (value.kind === 'list' && items.every((item) => item.kind === 'map'))
    return items.filter((item) => item.kind === 'map');
  throw new Unusable(syntaxError('bad-merge', 'The key << takes a map, or a list of maps.', value.range));
}
