import { closest, distance } from 'fastest-levenshtein';

/** The word that was probably meant, or undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const found = closest(word, words);
  return distance(word, found) <= (found.length > 2 ? 2 : 1) ? found : undefined;
}
