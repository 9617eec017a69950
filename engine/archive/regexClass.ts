import { escapeClass, escapedCode, POSIX_CLASSES } from './regexEscape.ts';

export type Accepts = (code: number) => boolean;

interface Parsed {
  readonly accepts: Accepts;
  /** Position after what was read. */
  readonly end: number;
}

/**
 * Reads `[…]` as Go's regexp does (syntax/parse.go, parseClass).
 * @param start position after the `[` @returns undefined where Go reports an error
 */
export function parseClass(characters: readonly string[], start: number): Parsed | undefined {
  const negated = characters[start] === '^';
  const first = negated ? start + 1 : start;
  const members: Accepts[] = [];
  let at = first;
  while (characters[at] !== ']' || at === first) {
    const member = classMember(characters, at);
    if (!member) return undefined;
    members.push(member.accepts);
    at = member.end;
  }
  return { accepts: (code) => members.some((member) => member(code)) !== negated, end: at + 1 };
}

function classMember(characters: readonly string[], at: number): Parsed | undefined {
  if (characters[at] === '[' && characters[at + 1] === ':') {
    const end = posixEnd(characters, at + 2);
    if (end !== undefined) return posixClass(characters.slice(at + 2, end).join(''), end + 2);
  }
  const perl = characters[at] === '\\' ? escapeClass(characters[at + 1] ?? '') : undefined;
  return perl ? { accepts: perl, end: at + 2 } : range(characters, at);
}

/** Position of the `:]` that closes a named class. */
function posixEnd(characters: readonly string[], start: number): number | undefined {
  for (let at = start; at + 1 < characters.length; at += 1)
    if (characters[at] === ':' && characters[at + 1] === ']') return at;
  return undefined;
}

function posixClass(name: string, end: number): Parsed | undefined {
  const negated = name.startsWith('^');
  const accepts = POSIX_CLASSES.get(negated ? name.slice(1) : name);
  return accepts && { accepts: (code) => accepts(code) !== negated, end };
}

function range(characters: readonly string[], start: number): Parsed | undefined {
  const low = member(characters, start);
  if (!low) return undefined;
  const next = characters[low.end + 1];
  const open = characters[low.end] === '-' && next !== undefined && next !== ']';
  const high = open ? member(characters, low.end + 1) : low;
  if (!high || high.code < low.code) return undefined;
  return { accepts: (code) => code >= low.code && code <= high.code, end: high.end };
}

function member(
  characters: readonly string[],
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  const character = characters[at];
  if (character === undefined) return undefined;
  if (character !== '\\') return { code: codeOf(character), end: at + 1 };
  return escapedCode(characters, at + 1);
}

/** A byte that is no UTF-8 is U+FFFD to Go's regexp. */
export function codeOf(character: string): number {
  const code = character.codePointAt(0) ?? -1;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}
