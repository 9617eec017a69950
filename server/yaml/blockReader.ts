import { MAX_DEPTH, readFlow } from './flowReader.ts';
import { isDash, keyAt, plain, trimmed } from './keyLine.ts';
import type { Entry, Item, Mapping, Sequence, YamlNode } from './nodes.ts';
import { readScalar } from './scalarReader.ts';
import { isBlank, isGap, type Scanner } from './scanner.ts';

/** Reads the root of the document from the next content on. */
export function readBlock(scanner: Scanner): YamlNode | undefined {
  scanner.skipToContent();
  return scanner.pos < scanner.end ? readHere(scanner, -1, 0) : undefined;
}

/** Reads the node at the scanner's position, where a list or a map may begin. */
function readHere(scanner: Scanner, parent: number, depth: number, column = scanner.column()): YamlNode {
  if (depth < MAX_DEPTH) {
    if (isDash(scanner, scanner.pos)) return readSequence(scanner, depth);
    if (beginsMapping(scanner)) return readMapping(scanner, column, depth);
  }
  return readInline(scanner, parent, depth);
}

/** Reads a value that stands beside its key or dash. */
function readInline(scanner: Scanner, parent: number, depth: number): YamlNode {
  const first = scanner.text[scanner.pos];
  return (first === '{' || first === '[') && depth < MAX_DEPTH
    ? readFlow(scanner, parent)
    : readScalar(scanner, parent);
}

/** A key with its colon; or a word above its brothers or its content, which is a key in the making. */
function beginsMapping(scanner: Scanner): boolean {
  const { pos } = scanner;
  if (keyAt(scanner, pos)) return true;
  if (!/[\w$]/.test(scanner.text[pos] ?? '')) return false;
  const column = scanner.column();
  scanner.pos = scanner.nextLine();
  scanner.skipToContent();
  const next = scanner.pos;
  scanner.pos = pos;
  if (next >= scanner.end) return false;
  const deeper = scanner.column(next) - column;
  return (deeper >= 0 && keyAt(scanner, next) !== undefined) || (deeper > 0 && isDash(scanner, next));
}

function readMapping(scanner: Scanner, column: number, depth: number): Mapping {
  const start = scanner.pos;
  const entries: Entry[] = [];
  do {
    const last = isDash(scanner, scanner.pos) ? entries.pop() : undefined;
    entries.push(last ? adoptList(scanner, last, depth) : readEntry(scanner, column, depth));
    endLine(scanner);
  } while (scanner.pos < scanner.end && scanner.column() >= column);
  const end = entries.at(-1)?.end ?? start;
  return { kind: 'mapping', flow: false, column, start, end, entries, closed: true };
}

/** A list below a key that has a value already, as while that value is being replaced: the list counts. */
function adoptList(scanner: Scanner, entry: Entry, depth: number): Entry {
  const value = readSequence(scanner, depth + 1);
  return { ...entry, value, end: value.end };
}

function readEntry(scanner: Scanner, column: number, depth: number): Entry {
  const start = scanner.pos;
  const found = keyAt(scanner, start);
  const key = found?.key ?? plain(wordAt(scanner, start));
  scanner.pos = found ? found.colon + 1 : key.end;
  const value = readValue(scanner, column, depth, found !== undefined);
  return {
    key,
    colon: found?.colon,
    value,
    start,
    end: value?.end ?? blanksEnd(scanner, found ? found.colon + 1 : key.end),
  };
}

/** The value of a key: beside it, or below and deeper; a list may also stand right below (as PyYAML writes it). */
function readValue(scanner: Scanner, column: number, depth: number, hasColon: boolean): YamlNode | undefined {
  skipProperties(scanner);
  if (!scanner.skipToContentOrLineEnd()) return hasColon ? readInline(scanner, column, depth + 1) : undefined;
  const { pos } = scanner;
  scanner.skipToContent();
  const deeper = scanner.pos < scanner.end && scanner.column() > column;
  const listBelow = scanner.pos < scanner.end && scanner.column() === column && isDash(scanner, scanner.pos);
  if (deeper || listBelow) return readHere(scanner, column, depth + 1);
  scanner.pos = pos;
  return undefined;
}

function readSequence(scanner: Scanner, depth: number): Sequence {
  const start = scanner.pos;
  const column = scanner.column();
  const items: Item[] = [];
  do {
    items.push(readItem(scanner, column, depth));
    endLine(scanner);
  } while (scanner.pos < scanner.end && scanner.column() === column && isDash(scanner, scanner.pos));
  const end = items.at(-1)?.end ?? start;
  return { kind: 'sequence', flow: false, column, start, end, items, closed: true };
}

function readItem(scanner: Scanner, column: number, depth: number): Item {
  const start = scanner.pos++;
  scanner.skipBlanks();
  const anchored = scanner.column();
  skipProperties(scanner);
  const { pos } = scanner;
  const beside = !scanner.skipToContentOrLineEnd();
  if (!beside) scanner.skipToContent();
  if (beside || (scanner.pos < scanner.end && scanner.column() > column)) {
    const value = readHere(scanner, column, depth + 1, beside ? anchored : scanner.column());
    return { start, end: value.end, value };
  }
  scanner.pos = pos;
  return { start, end: blanksEnd(scanner, pos), value: undefined };
}

/** Moves over blanks, anchors and tags. */
function skipProperties(scanner: Scanner): void {
  scanner.skipBlanks();
  while ('&!'.includes(scanner.text[scanner.pos] ?? ' ')) {
    while (!isGap(scanner.code())) scanner.pos++;
    scanner.skipBlanks();
  }
}

/**
 * Moves to the next content, unless it stands there already. What is left of a line after a value belongs to nothing:
 * the engine reports it.
 */
function endLine(scanner: Scanner): void {
  const lineStart = scanner.pos - scanner.column();
  if (scanner.text.slice(lineStart, scanner.pos).trim() !== '' && !scanner.skipToContentOrLineEnd())
    scanner.pos = scanner.lineEnd();
  scanner.skipToContent();
}

/** A half-typed key: the line up to its comment. */
function wordAt(scanner: Scanner, start: number) {
  const lineEnd = scanner.lineEnd(start);
  const comment = scanner.text.slice(start, lineEnd).search(/\s#/);
  return trimmed(scanner, start, comment === -1 ? lineEnd : start + comment);
}

function blanksEnd(scanner: Scanner, offset: number): number {
  let end = offset;
  while (isBlank(scanner.code(end))) end++;
  return end;
}
