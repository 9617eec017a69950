import {
  type KitNode,
  keyText,
  type MapNode,
  mapNode,
  type PairNode,
  pairNode,
  pairOf,
  valueAt,
  withValue,
} from '../nodes.ts';
import { isNull } from '../scalars.ts';

/** Puts a value into `parameters` of a model or data set. Nothing that is there already is overwritten (spec 10.1). */
export function addParameter(owner: MapNode, key: string, value: KitNode): MapNode {
  const parameters = parametersOf(owner, value);
  return withValue(owner, 'parameters', withNew(parameters, pairNode(key, value)));
}

/** Puts values into `parameters.parts.<name>` of a model. */
export function addPartFacts(model: MapNode, name: string, facts: readonly PairNode[], at: KitNode): MapNode {
  if (facts.length === 0) return model;
  const parameters = parametersOf(model, at);
  const parts = valueAt(parameters, 'parts');
  const known = parts?.kind === 'map' ? parts : mapNode([], at.range);
  const pair = pairNode(name, mapNode(facts, at.range));
  const key = parts === undefined || parts.kind === 'map' ? 'parts' : freeKey(parameters, 'parts');
  return withValue(model, 'parameters', withValue(parameters, key, withNew(known, pair)));
}

/** A value of another kind stays, as a parameter of its own name. */
function parametersOf(owner: MapNode, { range }: KitNode): MapNode {
  const parameters = present(valueAt(owner, 'parameters'));
  if (!parameters) return mapNode([], range);
  return parameters.kind === 'map' ? parameters : mapNode([pairNode('parameters', parameters)], range);
}

/** The map with one more pair; a key that is taken gets the suffix `_2`. */
export function withNew(map: MapNode, pair: PairNode): MapNode {
  const key = freeKey(map, keyText(pair) ?? '');
  return { ...map, pairs: [...map.pairs, pairNode(key, pair.value, pair.key.range)] };
}

function freeKey(map: MapNode, key: string): string {
  if (!pairOf(map, key)) return key;
  let count = 2;
  while (pairOf(map, `${key}_${count}`)) count += 1;
  return `${key}_${count}`;
}

export function isNullNode(node: KitNode): boolean {
  return node.kind === 'scalar' && isNull(node);
}

/** The items of a list that count: kit drops empty ones (spec 1.3). */
export function presentItems(node: KitNode | undefined): readonly KitNode[] {
  return node?.kind === 'list' ? node.items.filter((item) => !isNullNode(item)) : [];
}

/** Undefined for null too, which is the same as absent (spec 1.3). */
export function present(node: KitNode | undefined): KitNode | undefined {
  return node && isNullNode(node) ? undefined : node;
}

/** The text of a scalar that is not empty. */
export function textOf(node: KitNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !isNull(node) && node.text !== '' ? node.text : undefined;
}
