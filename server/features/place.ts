import { type SchemaNode, schemaAt } from '../schema.ts';
import { chainTo, textOf } from '../yaml/chain.ts';
import { type Scalar, type Span, touches, type YamlPath, type YamlTree } from '../yaml/nodes.ts';

/** What is written at an offset: a key, or the scalar that a key or list item has for its value. */
export interface Place {
  readonly kind: 'key' | 'value';
  readonly path: YamlPath;
  readonly schema: SchemaNode | undefined;
  readonly span: Span;
  readonly scalar: Scalar;
}

export function placeAt(tree: YamlTree, offset: number): Place | undefined {
  const { steps, node, path } = chainTo(tree.root, offset, tree.text);
  if (node?.kind === 'scalar') return { kind: 'value', path, schema: schemaAt(path), span: node, scalar: node };
  const step = steps.at(-1);
  if (step === undefined || !('entry' in step) || !touches(step.entry.key, offset)) return undefined;
  const { key } = step.entry;
  const keyPath = [...step.path, textOf(tree.text, key.content)];
  return { kind: 'key', path: keyPath, schema: schemaAt(keyPath), span: key, scalar: key };
}
