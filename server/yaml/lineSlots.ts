import { textOf } from './chain.ts';
import type { Entry, Mapping, Sequence, Span, YamlNode, YamlPath, YamlTree } from './nodes.ts';
import { emptySlot, type KeySlot, type Slot } from './slots.ts';

/** A collection in which a line may still write, or a key or dash that waits for its value. */
type Open =
  | { readonly kind: 'mapping'; readonly node: Mapping; readonly path: YamlPath; readonly last: Entry | undefined }
  | { readonly kind: 'sequence'; readonly node: Sequence; readonly path: YamlPath; readonly index: number }
  | { readonly kind: 'waiting'; readonly column: number; readonly path: YamlPath };

/**
 * Slots of a line that is blank, or holds only the word in `span`: its column says to what it belongs. A column that fits
 * nothing belongs to the nearest map to its left; whoever writes there moves the line.
 */
export function lineSlots(tree: YamlTree, lineStart: number, span: Span): readonly Slot[] {
  const isTabbed = tree.text.slice(lineStart, span.start).includes('\t');
  // A tab is no column of YAML: it only says "deeper".
  const column = isTabbed ? Number.POSITIVE_INFINITY : span.start - lineStart;
  const open = openNodes(tree, lineStart);
  if (open.length === 0)
    return waits(tree.root, lineStart, tree.text) ? [wordSlot([], span, isTabbed ? 0 : column)] : [];
  const innermost = open.findIndex((one) => one.kind !== 'waiting' && goesOn(one.node, span));
  const writable = innermost === -1 ? open : open.slice(0, innermost + 1);
  const fitting = writable.filter((one) => columnOf(one) === column || one.kind === 'waiting');
  const slots = fitting.flatMap((one) => slotsOf(one, span, column));
  if (slots.length > 0) return slots;
  const nearest = writable.find((one) => one.kind === 'mapping' && one.node.column < column);
  if (nearest?.kind !== 'mapping' || isTextUnder(nearest.last)) return [];
  return [keySlot(nearest.node, nearest.path, span)];
}

/** True when the collection has more below the line: nothing outside of it can be written there. */
function goesOn(node: Mapping | Sequence, { start }: Span): boolean {
  const last = node.kind === 'mapping' ? node.entries.at(-1) : node.items.at(-1);
  return last !== undefined && last.start > start;
}

function slotsOf(open: Open, span: Span, column: number): readonly Slot[] {
  if (open.kind === 'mapping') return [keySlot(open.node, open.path, span)];
  if (open.kind === 'sequence') return [{ kind: 'item', path: open.path, index: open.index, span, column }];
  if (column <= open.column) return [];
  return [wordSlot(open.path, span, Number.isFinite(column) ? column : open.column + 2)];
}

function keySlot(mapping: Mapping, path: YamlPath, span: Span): KeySlot {
  return { kind: 'key', path, mapping, span, hasColon: false, flow: false, needsComma: false, column: mapping.column };
}

function wordSlot(path: YamlPath, span: Span, column: number): Slot {
  return { ...emptySlot(path, span.start, 'line', column), span };
}

function columnOf(open: Open): number {
  return open.kind === 'waiting' ? open.column : open.node.column;
}

/** A text under `|` goes on in deeper lines, also in blank ones. */
function isTextUnder(entry: Entry | undefined): boolean {
  return entry?.value?.kind === 'scalar' && entry.value.style === 'block';
}

/** What is open where the line begins, innermost first. */
function openNodes({ root, text }: YamlTree, lineStart: number): readonly Open[] {
  const open: Open[] = [];
  let node = blockOf(root);
  let path: YamlPath = [];
  while (node !== undefined) {
    const part: LastPart | undefined = lastBefore(node, lineStart, text);
    open.unshift(opened(node, path, part));
    if (part === undefined) break;
    path = [...path, part.step];
    if (waits(part.value, lineStart, text)) open.unshift({ kind: 'waiting', column: node.column, path });
    node = blockOf(part.value);
  }
  return open;
}

interface LastPart {
  readonly entry: Entry | undefined;
  readonly value: YamlNode | undefined;
  readonly step: string | number;
}

function opened(node: Mapping | Sequence, path: YamlPath, part: LastPart | undefined): Open {
  if (node.kind === 'mapping') return { kind: 'mapping', node, path, last: part?.entry };
  return { kind: 'sequence', node, path, index: typeof part?.step === 'number' ? part.step + 1 : 0 };
}

/** The last entry or item that begins before the line. */
function lastBefore(node: Mapping | Sequence, lineStart: number, text: string): LastPart | undefined {
  if (node.kind === 'mapping') {
    const entry = node.entries.findLast(({ start }) => start < lineStart);
    return entry && { entry, value: entry.value, step: textOf(text, entry.key.content) };
  }
  const step = node.items.findLastIndex(({ start }) => start < lineStart);
  return step === -1 ? undefined : { entry: undefined, value: node.items[step]?.value, step };
}

/** True without a value, and when all there is of it is the word in the line itself. */
function waits(value: YamlNode | undefined, lineStart: number, text: string): boolean {
  if (value === undefined) return true;
  return value.kind === 'scalar' && value.start >= lineStart && !text.slice(lineStart, value.start).includes('\n');
}

function blockOf(node: YamlNode | undefined): Mapping | Sequence | undefined {
  return node === undefined || node.kind === 'scalar' || node.flow ? undefined : node;
}
