import type { Scalar, Span } from './nodes.ts';
import { isGap, type Scanner } from './scanner.ts';

const COLON = 0x3a;
const DASH = 0x2d;

/** A key and its colon, as they begin a line or follow a dash. */
export interface FoundKey {
  readonly key: Scalar;
  readonly colon: number;
}

/** True when a list item begins at the offset: a dash and a gap. */
export function isDash(scanner: Scanner, offset: number): boolean {
  return scanner.code(offset) === DASH && isGap(scanner.code(offset + 1));
}

/** The key that begins at the offset, if its colon follows in the same line. */
export function keyAt(scanner: Scanner, offset: number): FoundKey | undefined {
  const first = scanner.text[offset];
  if (first === '"' || first === "'") return quotedKeyAt(scanner, offset);
  if (first === undefined || '[{|>#%@`'.includes(first)) return undefined;
  const end = scanner.lineEnd(offset);
  for (let at = offset; at < end; at++) {
    const code = scanner.code(at);
    if (code === COLON && (at + 1 >= end || isGap(scanner.code(at + 1))))
      return { key: plain(trimmed(scanner, offset, at)), colon: at };
    if (code === 0x23 && at > offset && isGap(scanner.code(at - 1))) return undefined;
  }
  return undefined;
}

/** Where the quoted text that begins at the offset ends, or undefined when its second quote is not before `limit`. */
export function quoteEnd(scanner: Scanner, offset: number, limit: number): number | undefined {
  const { text } = scanner;
  const quote = text[offset];
  for (let at = offset + 1; at < limit; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return undefined;
}

export function quoted(scanner: Scanner, start: number, end: number, closed: boolean): Scalar {
  const style = scanner.text[start] === '"' ? 'double' : 'single';
  return { kind: 'scalar', style, start, end, content: { start: start + 1, end: closed ? end - 1 : end }, closed };
}

export function plain(span: Span): Scalar {
  return { kind: 'scalar', style: 'plain', ...span, content: span, closed: true };
}

/** The span without blanks at its end. */
export function trimmed(scanner: Scanner, start: number, end: number): Span {
  let last = end;
  while (last > start && isGap(scanner.code(last - 1))) last--;
  return { start, end: last };
}

function quotedKeyAt(scanner: Scanner, offset: number): FoundKey | undefined {
  const end = quoteEnd(scanner, offset, scanner.lineEnd(offset));
  if (end === undefined) return undefined;
  let colon = end;
  while (scanner.code(colon) === 0x20) colon++;
  if (scanner.code(colon) !== COLON || !isGap(scanner.code(colon + 1))) return undefined;
  return { key: quoted(scanner, offset, end, true), colon };
}
