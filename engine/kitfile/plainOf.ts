import { isNullNode, presentItems } from './dialect/moving.ts';
import { type KitNode, keyText } from './nodes.ts';

/** Stands for a key that is a list or a map: no field has this name. */
export const NO_TEXT = '[…]';

/**
 * The plain data that the schema is checked on: every scalar is a text, as for kit (spec 1.3). A key without a value stays,
 * so that an unknown one is found; items without a value go.
 */
export function plainOf(node: KitNode): unknown {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return presentItems(node).map(plainOf);
  // Without a prototype `__proto__` is a key like any other.
  const plain: Record<string, unknown> = Object.create(null);
  for (const pair of node.pairs) {
    const key = keyText(pair) ?? NO_TEXT;
    plain[key] = isNullNode(pair.value) ? undefined : plainOf(pair.value);
  }
  return plain;
}
