import {
  type Entry,
  type Item,
  type Mapping,
  type Sequence,
  type Span,
  touches,
  type YamlNode,
  type YamlPath,
} from './nodes.ts';

/** One step from the root towards an offset: a collection, and its part in which the offset is. */
export type Step =
  | { readonly node: Mapping; readonly entry: Entry; readonly path: YamlPath }
  | { readonly node: Sequence; readonly item: Item; readonly index: number; readonly path: YamlPath };

export interface Chain {
  readonly steps: readonly Step[];
  /** The innermost node that the offset touches. */
  readonly node: YamlNode | undefined;
  readonly path: YamlPath;
}

/** The way from the root to the innermost node that touches the offset. `path` of a step names its collection. */
export function chainTo(root: YamlNode | undefined, offset: number, text: string): Chain {
  const steps: Step[] = [];
  let path: YamlPath = [];
  let node = root !== undefined && touches(root, offset) ? root : undefined;
  while (node !== undefined && node.kind !== 'scalar') {
    const step: Step | undefined = stepInto(node, offset, path);
    if (step === undefined) break;
    steps.push(step);
    const value: YamlNode | undefined = 'entry' in step ? step.entry.value : step.item.value;
    if (value === undefined || !touches(value, offset)) return { steps, node, path };
    path = [...path, 'entry' in step ? textOf(text, step.entry.key.content) : step.index];
    node = value;
  }
  return { steps, node, path };
}

export function textOf(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

function stepInto(node: Mapping | Sequence, offset: number, path: YamlPath): Step | undefined {
  if (node.kind === 'mapping') {
    const entry = lastTouching(node.entries, offset);
    return entry && { node, entry, path };
  }
  const item = lastTouching(node.items, offset);
  return item && { node, item, index: node.items.indexOf(item), path };
}

/** Parts are in the order of the text: the last one that begins before the offset, if it reaches it. */
function lastTouching<T extends Span>(parts: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const part = parts[middle];
    if (part !== undefined && part.start <= offset) low = middle + 1;
    else high = middle;
  }
  const part = parts[low - 1];
  return part !== undefined && offset <= part.end ? part : undefined;
}
