import type { Span } from './nodes.ts';

const SPACE = 0x20;
const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** True for a space, a line end and the end of the text (NaN). */
export function isGap(code: number): boolean {
  return isBlank(code) || code === NEWLINE || code === RETURN || Number.isNaN(code);
}

/** Moves through the text line by line; collects the comments that it passes. */
export class Scanner {
  readonly text: string;
  readonly comments: Span[] = [];
  pos = 0;
  end: number;
  #line: Span = { start: 0, end: -1 };

  constructor(text: string) {
    this.text = text;
    this.end = text.length;
  }

  /** The character at the position; NaN at the end. */
  code(offset = this.pos): number {
    return offset < this.end ? this.text.charCodeAt(offset) : Number.NaN;
  }

  column(offset = this.pos): number {
    return offset - (offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1);
  }

  lineEnd(from = this.pos): number {
    const end = this.#newline(from);
    return end > from && this.text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.pos++;
  }

  atLineEnd(): boolean {
    const code = this.code();
    return code === NEWLINE || code === RETURN || Number.isNaN(code);
  }

  /** Moves over blanks, then over a comment if one stands there. True when nothing else is left in the line. */
  skipToContentOrLineEnd(): boolean {
    const before = this.pos;
    this.skipBlanks();
    if (this.code() === HASH && (before === 0 || this.pos > before || isGap(this.code(before - 1)))) this.#comment();
    return this.atLineEnd();
  }

  /** Moves to the next thing that is neither blank nor comment, over lines. */
  skipToContent(): void {
    while (this.pos < this.end && this.skipToContentOrLineEnd()) this.pos = this.nextLine();
  }

  nextLine(from = this.pos): number {
    return Math.min(this.#newline(from) + 1, this.end);
  }

  /** Where the line's newline is; remembered, since a long line is asked for it at each of its parts. */
  #newline(from: number): number {
    if (from < this.#line.start || from > this.#line.end) {
      const newline = this.text.indexOf('\n', from);
      this.#line = { start: from, end: newline === -1 ? this.text.length : newline };
    }
    return Math.min(this.#line.end, this.end);
  }

  #comment(): void {
    const end = this.lineEnd();
    const last = this.comments.at(-1);
    if (last === undefined || last.start < this.pos) this.comments.push({ start: this.pos, end });
    this.pos = end;
  }
}
