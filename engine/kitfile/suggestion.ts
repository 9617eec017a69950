import { distance } from 'fastest-levenshtein';

/** The word that was probably meant: another case, two letters swapped, or at most a third of it mistyped. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, mistakes: distance(small, candidate.toLowerCase()) }))
    .filter(({ candidate, mistakes }) => mistakes <= mostMistakes(candidate))
    .sort((one, other) => one.mistakes - other.mistakes);
  return ranked[0]?.candidate;
}

function mostMistakes({ length }: string): number {
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}
