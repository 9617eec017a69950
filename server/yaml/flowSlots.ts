import { type Chain, type Step, textOf } from './chain.ts';
import { type Entry, type Item, type Mapping, type Sequence, touches, type YamlPath } from './nodes.ts';
import { emptySlot, type Slot, scalarSlot } from './slots.ts';

/** Slots within brackets. */
export function flowSlots(chain: Chain, offset: number, text: string): readonly Slot[] {
  const { node, path } = innermostFlow(chain, offset);
  if (node === undefined || !isWithin(node, offset) || isLeftOf(node, offset, text)) return [];
  return node.kind === 'mapping' ? mappingSlots(node, path, offset, text) : sequenceSlots(node, path, offset, text);
}

function innermostFlow(
  { steps, node, path }: Chain,
  offset: number,
): { node: Mapping | Sequence | undefined; path: YamlPath } {
  if (node !== undefined && node.kind !== 'scalar' && isWithin(node, offset)) return { node, path };
  const step: Step | undefined = steps.findLast((one) => one.node.flow && isWithin(one.node, offset));
  return { node: step?.node, path: step?.path ?? [] };
}

/** In a further line of the brackets, but not deeper than the key that they belong to: YAML does not allow that. */
function isLeftOf(node: Mapping | Sequence, offset: number, text: string): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return lineStart > node.start && offset - lineStart <= node.column && text.slice(lineStart, offset).trim() === '';
}

/** Between the brackets, which do not count. */
function isWithin(node: Mapping | Sequence, offset: number): boolean {
  return node.flow && node.start < offset && (node.closed ? offset < node.end : offset <= node.end);
}

function mappingSlots(node: Mapping, path: YamlPath, offset: number, text: string): readonly Slot[] {
  const entry = node.entries.find((one) => touches(one, offset) || isBehindColon(one, offset, text));
  if (entry === undefined) {
    const span = { start: offset, end: offset };
    const needsComma = isFollowed(node, offset, text);
    return opensPart(text, offset, '{')
      ? [{ kind: 'key', path, mapping: node, span, hasColon: false, flow: true, needsComma, column: 0 }]
      : [];
  }
  const { key, colon, value } = entry;
  if (touches(key, offset)) {
    const hasColon = colon !== undefined;
    return [
      { kind: 'key', path, mapping: node, span: key.content, hasColon, flow: true, needsComma: false, column: 0 },
    ];
  }
  if (colon === undefined || offset <= colon) return [];
  const valuePath = [...path, textOf(text, key.content)];
  if (value === undefined) return [emptySlot(valuePath, offset, 'flow', 0)];
  return value.kind === 'scalar' && touches(value, offset) ? scalarSlot(value, valuePath, 'flow', 0) : [];
}

function isBehindColon({ colon, value }: Entry, offset: number, text: string): boolean {
  return colon !== undefined && value === undefined && offset > colon && text.slice(colon + 1, offset).trim() === '';
}

function sequenceSlots(node: Sequence, path: YamlPath, offset: number, text: string): readonly Slot[] {
  const index = node.items.findIndex((one: Item) => touches(one, offset));
  const value = node.items[index]?.value;
  if (value === undefined) {
    const next = node.items.filter((item) => item.end < offset).length;
    const needsComma = isFollowed(node, offset, text);
    return opensPart(text, offset, '[') ? [{ ...emptySlot([...path, next], offset, 'flow', 0), needsComma }] : [];
  }
  return value.kind === 'scalar' ? scalarSlot(value, [...path, index], 'flow', 0) : [];
}

/** True when the last thing before the offset is the bracket or a comma. */
function opensPart(text: string, offset: number, bracket: string): boolean {
  const before = text.slice(Math.max(0, offset - 1000), offset).trimEnd();
  return before.endsWith(bracket) || before.endsWith(',');
}

function isFollowed(node: Mapping | Sequence, offset: number, text: string): boolean {
  const after = text.slice(offset, node.end).trimStart();
  return node.closed && !/^[,\]}]/.test(after);
}
