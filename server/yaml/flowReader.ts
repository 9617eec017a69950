import { isDash, keyAt, plain, quoted, quoteEnd, trimmed } from './keyLine.ts';
import type { Entry, Item, Mapping, Scalar, Sequence, YamlNode } from './nodes.ts';
import { isGap, type Scanner } from './scanner.ts';

/** Deeper nesting is no Kitfile; the engine refuses it beyond this too (bad-inputs, Limits). */
export const MAX_DEPTH = 256;

/**
 * Reads a value in brackets. Where the second bracket is missing, it ends before the line that cannot belong to it.
 * @param parent the column that further lines must pass
 */
export function readFlow(scanner: Scanner, parent: number, depth = 0): Mapping | Sequence {
  return scanner.text[scanner.pos] === '{'
    ? readFlowMapping(scanner, parent, depth)
    : readFlowSequence(scanner, parent, depth);
}

function readFlowMapping(scanner: Scanner, parent: number, depth: number): Mapping {
  const start = scanner.pos++;
  const entries: Entry[] = [];
  while (!atFlowEnd(scanner, parent, '}')) entries.push(readFlowEntry(scanner, parent, depth));
  const closed = close(scanner, '}');
  return { kind: 'mapping', flow: true, column: parent, start, end: scanner.pos, entries, closed };
}

function readFlowSequence(scanner: Scanner, parent: number, depth: number): Sequence {
  const start = scanner.pos++;
  const items: Item[] = [];
  while (!atFlowEnd(scanner, parent, ']')) {
    const value = readFlowNode(scanner, parent, depth);
    items.push({ start: value.start, end: value.end, value });
  }
  const closed = close(scanner, ']');
  return { kind: 'sequence', flow: true, column: parent, start, end: scanner.pos, items, closed };
}

function readFlowEntry(scanner: Scanner, parent: number, depth: number): Entry {
  const key = readFlowScalar(scanner);
  scanner.skipBlanks();
  if (scanner.text[scanner.pos] !== ':')
    return { key, colon: undefined, value: undefined, start: key.start, end: key.end };
  const colon = scanner.pos++;
  const value = skipFlowGap(scanner, parent) && !atPartEnd(scanner) ? readFlowNode(scanner, parent, depth) : undefined;
  return { key, colon, value, start: key.start, end: value?.end ?? colon + 1 };
}

function readFlowNode(scanner: Scanner, parent: number, depth: number): YamlNode {
  const first = scanner.text[scanner.pos];
  if ((first === '{' || first === '[') && depth < MAX_DEPTH) return readFlow(scanner, parent, depth + 1);
  return readFlowScalar(scanner);
}

function readFlowScalar(scanner: Scanner): Scalar {
  const start = scanner.pos;
  const first = scanner.text[start];
  if (first === '"' || first === "'") {
    const end = quoteEnd(scanner, start, scanner.lineEnd());
    scanner.pos = end ?? scanner.lineEnd();
    return quoted(scanner, start, scanner.pos, end !== undefined);
  }
  const lineEnd = scanner.lineEnd();
  scanner.pos++;
  // Brackets beyond the depth are one text, not a million.
  if (first === '{' || first === '[') while ('[{'.includes(scanner.text[scanner.pos] ?? ' ')) scanner.pos++;
  while (scanner.pos < lineEnd && !endsFlowPlain(scanner)) scanner.pos++;
  const span = trimmed(scanner, start, scanner.pos);
  return { ...plain({ start, end: Math.max(span.end, start + 1) }), style: first === '*' ? 'alias' : 'plain' };
}

function endsFlowPlain(scanner: Scanner): boolean {
  const { pos } = scanner;
  if (atDelimiter(scanner)) return true;
  if (scanner.text[pos] === '#') return isGap(scanner.code(pos - 1));
  return scanner.text[pos] === ':' && (isGap(scanner.code(pos + 1)) || ',[]{}'.includes(scanner.text[pos + 1] ?? ''));
}

function atPartEnd(scanner: Scanner): boolean {
  return ',]}'.includes(scanner.text[scanner.pos] ?? ',');
}

function atDelimiter(scanner: Scanner): boolean {
  return ',[]{}'.includes(scanner.text[scanner.pos] ?? ',');
}

/** Moves over gaps and commas. True at the closing bracket, at the end, and where the bracket was forgotten. */
function atFlowEnd(scanner: Scanner, parent: number, bracket: string): boolean {
  while (skipFlowGap(scanner, parent)) {
    const next = scanner.text[scanner.pos];
    if (next === bracket || next === ']' || next === '}') return true;
    if (next !== ',' && next !== ':') return false;
    scanner.pos++;
  }
  return true;
}

function close(scanner: Scanner, bracket: string): boolean {
  if (scanner.pos >= scanner.end || scanner.text[scanner.pos] !== bracket) return false;
  scanner.pos++;
  return true;
}

/** Moves to the next thing within the brackets; false where the text ends or a line begins that is not theirs. */
function skipFlowGap(scanner: Scanner, parent: number): boolean {
  while (scanner.skipToContentOrLineEnd()) {
    const next = scanner.nextLine();
    if (next >= scanner.end || leavesFlow(scanner, next, parent)) return false;
    scanner.pos = next;
  }
  return true;
}

function leavesFlow(scanner: Scanner, line: number, parent: number): boolean {
  let content = line;
  while (scanner.code(content) === 0x20) content++;
  return content - line <= parent && (isDash(scanner, content) || keyAt(scanner, content) !== undefined);
}
