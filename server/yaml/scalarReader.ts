import { isDash, keyAt, plain, quoted, quoteEnd, trimmed } from './keyLine.ts';
import type { Scalar } from './nodes.ts';
import { isGap, type Scanner } from './scanner.ts';

/** Reads the scalar at the scanner's position in block style; `parent` is the column that its further lines must pass. */
export function readScalar(scanner: Scanner, parent: number): Scalar {
  const first = scanner.text[scanner.pos];
  if (first === '|' || first === '>') return readBlockText(scanner, parent);
  if (first === '"' || first === "'") return readQuoted(scanner, parent);
  const scalar = readPlain(scanner, parent);
  return first === '*' ? { ...scalar, style: 'alias' } : scalar;
}

/** A text under `|` or `>`: all lines that are deeper than the parent, and blank ones between. */
function readBlockText(scanner: Scanner, parent: number): Scalar {
  const start = scanner.pos;
  let end = scanner.lineEnd();
  let line = scanner.nextLine();
  while (line < scanner.end) {
    const content = contentStart(scanner, line);
    if (!isBlankLine(scanner, content)) {
      if (content - line <= parent) break;
      end = scanner.lineEnd(line);
    }
    line = scanner.nextLine(line);
  }
  scanner.pos = end;
  return { kind: 'scalar', style: 'block', start, end, content: { start, end }, closed: true };
}

/** A text in quotes. Without its second quote it ends with the line, so that the rest of the document stays readable. */
function readQuoted(scanner: Scanner, parent: number): Scalar {
  const start = scanner.pos;
  const lineEnd = scanner.lineEnd();
  const end = quoteEnd(scanner, start, lineEnd) ?? quoteEnd(scanner, start, deeperLinesEnd(scanner, parent));
  scanner.pos = end ?? lineEnd;
  return quoted(scanner, start, scanner.pos, end !== undefined);
}

/** Where the lines end that are blank or deeper than the parent, and so may belong to what began in this line. */
function deeperLinesEnd(scanner: Scanner, parent: number): number {
  let line = scanner.nextLine();
  while (line < scanner.end) {
    const content = contentStart(scanner, line);
    if (!isBlankLine(scanner, content) && content - line <= parent) return line;
    line = scanner.nextLine(line);
  }
  return scanner.end;
}

/** A plain text goes on in deeper lines, until one looks like a key or a list item. */
function readPlain(scanner: Scanner, parent: number): Scalar {
  const start = scanner.pos;
  let end = plainEnd(scanner, start);
  let next = scanner.nextLine();
  let stopped = end < trimmed(scanner, start, scanner.lineEnd(start)).end;
  while (!stopped && next < scanner.end) {
    const content = contentStart(scanner, next);
    if (isBlankLine(scanner, content)) {
      next = scanner.nextLine(next);
      continue;
    }
    if (content - next <= parent || !continuesPlain(scanner, content)) break;
    const lineEnd = trimmed(scanner, content, scanner.lineEnd(content)).end;
    end = plainEnd(scanner, content);
    stopped = end < lineEnd;
    next = scanner.nextLine(content);
  }
  scanner.pos = end;
  return plain({ start, end });
}

function continuesPlain(scanner: Scanner, content: number): boolean {
  return scanner.text[content] !== '#' && !isDash(scanner, content) && !keyAt(scanner, content);
}

/** Where the plain text of this line ends: before a comment, or at the line's end. */
function plainEnd(scanner: Scanner, start: number): number {
  const lineEnd = scanner.lineEnd(start);
  for (let at = start + 1; at < lineEnd; at++)
    if (scanner.code(at) === 0x23 && isGap(scanner.code(at - 1))) return trimmed(scanner, start, at).end;
  return trimmed(scanner, start, lineEnd).end;
}

function contentStart(scanner: Scanner, line: number): number {
  let at = line;
  while (scanner.code(at) === 0x20 || scanner.code(at) === 0x09) at++;
  return at;
}

function isBlankLine(scanner: Scanner, content: number): boolean {
  return content >= scanner.lineEnd(content);
}
