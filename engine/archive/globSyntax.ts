/** What a part of a pattern does with a name: undefined when it is malformed, else what it leaves of the name, if it fits. */
type Outcome = { readonly rest: string | undefined } | undefined;

interface Chunk {
  readonly star: boolean;
  readonly characters: readonly string[];
}

/**
 * True when Go's `filepath.Match(pattern, ".")` reports no error, on Unix. patternmatcher asks exactly this about every
 * pattern, although it matches by other rules. What comes after a part that does not fit `.` is not looked at.
 */
export function isGlob(pattern: string): boolean {
  let name = '.';
  const chunks = chunksOf([...pattern]);
  for (const [index, chunk] of chunks.entries()) {
    if (chunk.star && chunk.characters.length === 0) return true;
    const last = index === chunks.length - 1;
    const outcome = matchChunk(chunk.characters, name);
    const skipped =
      outcome && !fits(outcome, last) && chunk.star ? matchChunk(chunk.characters, name.slice(1)) : outcome;
    if (!outcome || !skipped) return false;
    if (skipped.rest === undefined || !fits(skipped, last)) return true;
    name = skipped.rest;
  }
  return true;
}

function fits({ rest }: { readonly rest: string | undefined }, last: boolean): boolean {
  return rest !== undefined && (rest === '' || !last);
}

/** Cuts at each `*` outside of a class, as Go's scanChunk. */
function chunksOf(characters: readonly string[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < characters.length; ) {
    const star = characters[at] === '*';
    while (characters[at] === '*') at += 1;
    const end = chunkEnd(characters, at);
    chunks.push({ star, characters: characters.slice(at, end) });
    at = end;
  }
  return chunks;
}

function chunkEnd(characters: readonly string[], start: number): number {
  let inClass = false;
  for (let at = start; at < characters.length; at += 1) {
    const character = characters[at];
    if (character === '\\') at += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '*' && !inClass) return at;
  }
  return characters.length;
}

function matchChunk(characters: readonly string[], name: string): Outcome {
  let rest: string | undefined = name;
  for (let at = 0; at < characters.length; ) {
    if (rest === '') rest = undefined;
    const first: string | undefined = rest?.charAt(0);
    const item = matchItem(characters, at, first);
    if (!item) return undefined;
    rest = item.fits ? rest?.slice(1) : undefined;
    at = item.end;
  }
  return { rest };
}

interface Item {
  readonly end: number;
  readonly fits: boolean;
}

function matchItem(characters: readonly string[], at: number, first: string | undefined): Item | undefined {
  const character = characters[at];
  if (character === '[') return matchClass(characters, at + 1, first ?? '\0');
  if (character === '?') return { end: at + 1, fits: first !== '/' };
  const escaped = character === '\\';
  const literal = characters[escaped ? at + 1 : at];
  return literal === undefined ? undefined : { end: at + (escaped ? 2 : 1), fits: literal === first };
}

function matchClass(characters: readonly string[], start: number, first: string): Item | undefined {
  const negated = characters[start] === '^';
  let at = negated ? start + 1 : start;
  let found = false;
  for (let ranges = 0; characters[at] !== ']' || ranges === 0; ranges += 1) {
    const low = classMember(characters, at);
    const high = low && characters[low.end] === '-' ? classMember(characters, low.end + 1) : low;
    if (!low || !high) return undefined;
    found ||= low.character <= first && first <= high.character;
    at = high.end;
  }
  return { end: at + 1, fits: found !== negated };
}

/** One character of a class, which may be escaped; a class cannot end right after it. */
function classMember(
  characters: readonly string[],
  at: number,
): { readonly character: string; readonly end: number } | undefined {
  const escaped = characters[at] === '\\';
  const character = characters[escaped ? at + 1 : at];
  const end = at + (escaped ? 2 : 1);
  const misplaced = !escaped && (character === '-' || character === ']');
  return character === undefined || misplaced || end >= characters.length ? undefined : { character, end };
}
