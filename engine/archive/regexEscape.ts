/** What a backslash means in Go's RE2 syntax, as far as ignore patterns need it. */

const between = (low: string, high: string) => {
  const [from, to] = [low.charCodeAt(0), high.charCodeAt(0)];
  return (code: number) => code >= from && code <= to;
};
const isDigit = between('0', '9');
const isLower = between('a', 'z');
const isUpper = between('A', 'Z');

export function isWord(code: number): boolean {
  return isDigit(code) || isLower(code) || isUpper(code) || code === 0x5f;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d;
}

const CLASSES: ReadonlyMap<string, (code: number) => boolean> = new Map([
  ['d', isDigit],
  ['s', isSpace],
  ['w', isWord],
]);
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['v', '\v'],
]);

/** `\d`, `\s`, `\w` and their opposites. */
export function escapeClass(character: string): ((code: number) => boolean) | undefined {
  const known = CLASSES.get(character);
  if (known) return known;
  const opposite = isUpper(character.codePointAt(0) ?? 0) ? CLASSES.get(character.toLowerCase()) : undefined;
  return opposite && ((code) => !opposite(code));
}

const OCTAL = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/;
const HEX = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/;
const MAX_CODE = 0x10ffff;
/** More than any escape has. */
const MAX_TEXT = 16;

/**
 * The character that an escape means, as Go's parseEscape reads it.
 * @param at position after the backslash
 * @returns undefined for what Go refuses: letters and single digits without a meaning
 */
export function escapedCode(
  characters: readonly string[],
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  const text = characters.slice(at, at + MAX_TEXT).join('');
  const octal = OCTAL.exec(text)?.[0];
  if (octal !== undefined) return { code: Number.parseInt(octal, 8), end: at + octal.length };
  const hex = HEX.exec(text);
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    return code > MAX_CODE ? undefined : { code, end: at + hex[0].length };
  }
  const character = characters[at] ?? '';
  const code = (CONTROLS.get(character) ?? character).codePointAt(0) ?? MAX_CODE;
  const plain = code < 0x80 && !isDigit(code) && !isLower(code) && !isUpper(code);
  return plain ? { code, end: at + 1 } : undefined;
}

/** Names in `[[:name:]]`. */
export const POSIX_CLASSES: ReadonlyMap<string, (code: number) => boolean> = new Map([
  ['alnum', (code: number) => isDigit(code) || isLower(code) || isUpper(code)],
  ['alpha', (code: number) => isLower(code) || isUpper(code)],
  ['ascii', (code: number) => code < 0x80],
  ['blank', (code: number) => code === 0x20 || code === 0x09],
  ['cntrl', (code: number) => code < 0x20 || code === 0x7f],
  ['digit', isDigit],
  ['graph', (code: number) => code > 0x20 && code < 0x7f],
  ['lower', isLower],
  ['print', (code: number) => code >= 0x20 && code < 0x7f],
  ['punct', (code: number) => code > 0x20 && code < 0x7f && !isDigit(code) && !isLower(code) && !isUpper(code)],
  ['space', (code: number) => isSpace(code) || code === 0x0b],
  ['upper', isUpper],
  ['word', isWord],
  ['xdigit', (code: number) => isDigit(code) || between('a', 'f')(code) || between('A', 'F')(code)],
]);
