/** What a backslash means in Go's RE2 syntax, as far as one character after it goes. */

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

/** The character that is meant; undefined for letters and digits that mean nothing, or need more than one character. */
export function literalEscape(character: string): string | undefined {
  const control = CONTROLS.get(character);
  if (control !== undefined) return control;
  const code = character.codePointAt(0) ?? 0x80;
  const plain = code < 0x80 && !isDigit(code) && !isLower(code) && !isUpper(code);
  return plain ? character : undefined;
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
