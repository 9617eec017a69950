/** Larger ones are not read twice. */
const MAX_LENGTH = 1024 * 1024;

export interface Reindented {
  readonly text: string;
  /** Where an offset of the new text is in the old one. */
  readonly place: (offset: number) => number;
}

/**
 * Kit does not look at the indentation inside brackets and quotes; the yaml package wants every line there to be deeper than
 * its parent. So those lines are moved far to the right, which changes no value. Undefined when there are none.
 */
export function reindented(text: string): Reindented | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const starts = continuationLines(text);
  const depth = 1 + [...text.matchAll(/^[ ?-]*/gm)].reduce((most, [spaces]) => Math.max(most, spaces.length), 0);
  if (starts.length === 0 || starts.length * depth > MAX_LENGTH) return undefined;
  const spaces = ' '.repeat(depth);
  const pieces = [0, ...starts].map((start, at) => text.slice(start, starts[at] ?? text.length));
  return {
    text: pieces.join(spaces),
    place(offset) {
      const count = countBefore(starts, depth, offset);
      const shifted = offset - count * depth;
      // Inside the new spaces.
      return Math.max(shifted, count > 0 ? (starts[count - 1] ?? 0) : 0);
    },
  };
}

/** How many lines were moved before an offset of the new text. */
function countBefore(starts: readonly number[], depth: number, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) + middle * depth < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offsets of lines that start inside brackets or quotes. */
function continuationLines(text: string): readonly number[] {
  const scan = new Scan(text);
  while (scan.step());
  return scan.starts;
}

/** Finds brackets and quotes; a character that cannot start a value is part of one. */
class Scan {
  readonly starts: number[] = [];
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #fresh = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns false at the end */
  step(): boolean {
    const character = this.#text.charAt(this.#at);
    if (character === '') return false;
    if (character === '\n') this.#newLine();
    else if (character === '#' && /^$|\s/.test(this.#text.charAt(this.#at - 1))) this.#skip(/[^\n]*/y);
    else if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
    else if (this.#fresh) this.#value(character);
    else this.#inside(character);
    return true;
  }

  #newLine(): void {
    this.#at += 1;
    if (this.#depth > 0) this.starts.push(this.#at);
    this.#fresh = true;
  }

  /** A value can start here. */
  #value(character: string): void {
    if (character === '"') this.#quoted(/"(?:[^"\\]|\\[\s\S])*"?/y);
    else if (character === "'") this.#quoted(/'(?:[^']|'')*'?/y);
    else if (character === '&' || character === '!') this.#skip(/[^\s,[\]{}]+/y);
    else if ((character === '|' || character === '>') && this.#depth === 0) this.#block();
    else if (/^[-?]\s/.test(this.#text.slice(this.#at, this.#at + 2))) this.#at += 1;
    else this.#bracketOr(character, character === '[' || character === '{');
  }

  #inside(character: string): void {
    this.#bracketOr(character, this.#depth > 0 && (character === '[' || character === '{'));
  }

  #bracketOr(character: string, opens: boolean): void {
    const closes = this.#depth > 0 && (character === ']' || character === '}');
    const next = this.#text.charAt(this.#at + 1);
    const afterQuote = this.#depth > 0 && /["'\]}]/.test(this.#text.charAt(this.#at - 1));
    const colon = character === ':' && (/^\s?$/.test(next) || afterQuote);
    if (opens) this.#depth += 1;
    if (closes) this.#depth -= 1;
    this.#fresh = opens || colon || (character === ',' && this.#depth > 0);
    this.#at += 1;
  }

  #quoted(pattern: RegExp): void {
    const start = this.#at;
    const quoted = this.#skip(pattern);
    for (let line = quoted.indexOf('\n'); line >= 0; line = quoted.indexOf('\n', line + 1))
      this.starts.push(start + line + 1);
    this.#fresh = false;
  }

  /** The lines of a block are its own business. */
  #block(): void {
    const lineStart = this.#text.lastIndexOf('\n', this.#at) + 1;
    const indent = /^ */.exec(this.#text.slice(lineStart, this.#at))?.[0].length ?? 0;
    this.#skip(/[^\n]*\n?/y);
    this.#skip(new RegExp(`(?: {${indent + 1},}[^\\n]*\\n?|[ \\t]*\\n)*`, 'y'));
    this.#fresh = true;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += Math.max(found.length, 0);
    return found;
  }
}
