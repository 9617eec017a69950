import type { TextRange } from './problem.ts';

/** A Kitfile's YAML with aliases and merge keys resolved, each node with its place. Never changed once made. */
export type KitNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** The value as text, before any type is looked for. */
  readonly text: string;
  /** Not quoted: `true` and `1` are then more than text. */
  readonly plain: boolean;
  /** Short form of an explicit tag, such as `!!int`. */
  readonly tag?: string;
  readonly range: TextRange;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly KitNode[];
  readonly range: TextRange;
}

export interface MapNode {
  readonly kind: 'map';
  readonly pairs: readonly PairNode[];
  readonly range: TextRange;
}

export interface PairNode {
  readonly key: KitNode;
  readonly value: KitNode;
  /** It came by a merge key: then kit takes any key for text. */
  readonly merged?: boolean;
}

/** The text of a scalar key. */
export function keyText({ key }: PairNode): string | undefined {
  return key.kind === 'scalar' ? key.text : undefined;
}

export function pairOf(map: MapNode, key: string): PairNode | undefined {
  return map.pairs.find((pair) => keyText(pair) === key);
}

export function valueAt(map: MapNode, key: string): KitNode | undefined {
  return pairOf(map, key)?.value;
}

/** A text that nobody wrote in this form, at the place where it comes from. */
export function textNode(text: string, range: TextRange): ScalarNode {
  return { kind: 'scalar', text, plain: false, range };
}

export function pairNode(key: string, value: KitNode, keyRange: TextRange = value.range): PairNode {
  return { key: textNode(key, keyRange), value };
}

export function mapNode(pairs: readonly PairNode[], range: TextRange): MapNode {
  return { kind: 'map', pairs, range };
}

export function listNode(items: readonly KitNode[], range: TextRange): ListNode {
  return { kind: 'list', items, range };
}

/** The map without these keys. */
export function without(map: MapNode, keys: readonly string[]): MapNode {
  return { ...map, pairs: map.pairs.filter((pair) => !keys.includes(keyText(pair) ?? '')) };
}

/** The map with this key set, at the end where it is new. */
export function withValue(map: MapNode, key: string, value: KitNode): MapNode {
  const replaced = map.pairs.map((pair) => (keyText(pair) === key ? { ...pair, value } : pair));
  return { ...map, pairs: pairOf(map, key) ? replaced : [...replaced, pairNode(key, value)] };
}
