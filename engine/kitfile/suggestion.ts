import { distance } from 'fastest-levenshtein';

/** `mcp` and `frame` say what was meant, `m` does not. */
const SHORTEST_BEGINNING = 3;

/** The word that was probably meant: another case, its beginning, two letters swapped, or at most a third of it mistyped. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, mistakes: mistakesIn(small, candidate.toLowerCase()) }))
    .filter(({ candidate, mistakes }) => mistakes <= mostMistakes(candidate))
    .sort((one, other) => one.mistakes - other.mistakes);
  return ranked[0]?.candidate;
}

/** Edits between the two, where two neighbours swapped, and an end left out, are one edit. */
function mistakesIn(word: string, meant: string): number {
  const plain = distance(word, meant);
  if (word.length >= SHORTEST_BEGINNING && meant.startsWith(word)) return Math.min(plain, 1);
  if (plain < 2 || Math.abs(word.length - meant.length) > mostMistakes(meant)) return plain;
  const swapped = Array.from(word.slice(1), (_, at) => 1 + distance(withSwap(word, at), meant));
  return Math.min(plain, ...swapped);
}

function withSwap(word: string, at: number): string {
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

function mostMistakes({ length }: string): number {
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}
