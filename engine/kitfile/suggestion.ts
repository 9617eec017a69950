import { distance } from 'fastest-levenshtein';

/** The word that was probably meant: another case, or at most a third of it mistyped. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, mistakes: distance(small, candidate.toLowerCase()) }))
    .filter(({ candidate, mistakes }) => mistakes <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.mistakes - other.mistakes);
  return ranked[0]?.candidate;
}
