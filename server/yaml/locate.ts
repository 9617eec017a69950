import { type Chain, chainTo, type Step, textOf } from './chain.ts';
import { flowSlots } from './flowSlots.ts';
import { lineSlots } from './lineSlots.ts';
import { type Entry, touches, type YamlTree } from './nodes.ts';
import { emptySlot, type Slot, scalarSlot } from './slots.ts';

/** What may be written at the offset, best guess first. Empty within comments, long texts and after a finished value. */
export function slotsAt(tree: YamlTree, offset: number): readonly Slot[] {
  const { text } = tree;
  if (offset > tree.end || tree.comments.some((comment) => comment.start < offset && offset <= comment.end)) return [];
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const chain = chainTo(tree.root, offset, text);
  if (chain.steps.some(({ node }) => node.flow) || inFlow(chain, offset)) return flowSlots(chain, offset, text);
  if (isInsideLongText(chain, lineStart)) return [];
  const line = lineAt(text, lineStart);
  if (/^\s*$/.test(line)) return lineSlots(tree, lineStart, { start: offset, end: offset });
  const word = /^(\s*)(?!- |-$)([\w$.][^:#"'\s]*)\s*$/.exec(line);
  if (word?.[1] !== undefined && word[2] !== undefined)
    return wordSlots(tree, lineStart, offset, lineStart + word[1].length, word[2].length);
  return valueWithoutGap(tree, chain, lineStart, offset) ?? besideSlots(chain, offset, text);
}

/** `path:tr`, which YAML takes for one word: a value that was begun too close to its colon. */
function valueWithoutGap(tree: YamlTree, chain: Chain, lineStart: number, offset: number): readonly Slot[] | undefined {
  const found = /^(\s*)((?:- +)?)([A-Za-z]+):([^\s"':]+)\s*$/.exec(lineAt(tree.text, lineStart));
  if (found === null) return undefined;
  const [, indent = '', dash = '', key = '', typed = ''] = found;
  const keyStart = lineStart + indent.length + dash.length;
  const span = { start: keyStart + key.length + 1, end: keyStart + key.length + 1 + typed.length };
  if (!touches(span, offset)) return undefined;
  const map = dash === '' ? lineSlots(tree, lineStart, { start: keyStart, end: span.start - 1 })[0]?.path : chain.path;
  return map && [{ ...emptySlot([...map, key], span.start, 'key', keyStart - lineStart), span }];
}

/** Slots within a line that has a key or a dash. */
function besideSlots(chain: Chain, offset: number, text: string): readonly Slot[] {
  const step = chain.steps.at(-1);
  if (step === undefined) return chain.node?.kind === 'scalar' ? scalarSlot(chain.node, [], 'line', 0) : [];
  if ('entry' in step) return entrySlots(step, offset, text);
  const { item, node, index } = step;
  if (offset <= item.start) return [];
  const path = [...step.path, index];
  const column = Math.max(node.column + 2, node.column + (offset - item.start));
  if (item.value === undefined) return [emptySlot(path, offset, 'line', column)];
  if (item.value.kind !== 'scalar' || !touches(item.value, offset)) return [];
  return scalarSlot(item.value, path, 'line', node.column + (item.value.start - item.start));
}

function entrySlots(step: Extract<Step, { entry: Entry }>, offset: number, text: string): readonly Slot[] {
  const { entry, node } = step;
  const { colon, value, key } = entry;
  if (touches(key, offset)) {
    const span = key.content;
    return [
      {
        kind: 'key',
        path: step.path,
        mapping: node,
        span,
        hasColon: colon !== undefined,
        flow: false,
        needsComma: false,
        column: node.column,
      },
    ];
  }
  if (colon === undefined || offset <= colon) return [];
  const path = [...step.path, textOf(text, key.content)];
  if (value === undefined) return [emptySlot(path, offset, 'key', node.column)];
  return value.kind === 'scalar' && touches(value, offset) ? scalarSlot(value, path, 'key', node.column) : [];
}

/** A line that holds one word: as if the line were blank and the word typed there. */
function wordSlots(tree: YamlTree, lineStart: number, offset: number, start: number, length: number): readonly Slot[] {
  const span = { start, end: start + length };
  return touches(span, offset) ? lineSlots(tree, lineStart, span) : [];
}

function inFlow({ node }: Chain, offset: number): boolean {
  return node !== undefined && node.kind !== 'scalar' && node.flow && offset > node.start;
}

/** Further lines of a text that began in an earlier line. */
function isInsideLongText({ node }: Chain, lineStart: number): boolean {
  return node?.kind === 'scalar' && node.start < lineStart;
}

function lineAt(text: string, lineStart: number): string {
  const newline = text.indexOf('\n', lineStart);
  return text.slice(lineStart, newline === -1 ? text.length : newline);
}
