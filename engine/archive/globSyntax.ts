/**
 * True when Go's `filepath.Match` accepts the pattern on Unix. patternmatcher asks it about every pattern, although it
 * matches by other rules.
 */
export function isGlob(pattern: string): boolean {
  const characters = [...pattern];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at];
    if (character === '[') {
      const end = classEnd(characters, at + 1);
      if (end === undefined) return false;
      at = end;
    } else if (character === '\\') {
      if (at + 1 >= characters.length) return false;
      at += 2;
    } else at += 1;
  }
  return true;
}

/** Position after the `]` of a class that starts before `at`; undefined for one that is malformed. */
function classEnd(characters: readonly string[], start: number): number | undefined {
  let at = characters[start] === '^' ? start + 1 : start;
  for (let ranges = 0; ; ranges += 1) {
    if (characters[at] === ']' && ranges > 0) return at + 1;
    const low = memberEnd(characters, at);
    if (low === undefined) return undefined;
    const high = characters[low] === '-' ? memberEnd(characters, low + 1) : low;
    if (high === undefined) return undefined;
    at = high;
  }
}

/** Position after one character of a class, which may be escaped; a class cannot end right after it. */
function memberEnd(characters: readonly string[], at: number): number | undefined {
  const character = characters[at];
  if (character === undefined || character === '-' || character === ']') return undefined;
  const escaped = character === '\\';
  const end = at + (escaped ? 2 : 1);
  return end < characters.length ? end : undefined;
}
