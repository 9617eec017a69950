import { type LinearRegex, linearRegex } from './linearRegex.ts';

/** One pattern of an ignore file, without its `!`. */
export interface IgnorePattern {
  matches(path: string): boolean;
  /** Memory that it takes: instructions of its machine. */
  readonly size: number;
}

type Translation =
  | { readonly kind: 'exact' | 'prefix' | 'suffix' }
  | { readonly kind: 'regex'; readonly source: string };

/**
 * Compiles a cleaned pattern as moby/patternmatcher 0.6.0 `Pattern.compile` does, oddities included: a `*` inside `[…]`
 * becomes `[^/]*`, a `^` outside matches nothing, `\d` is a digit, and beside a wildcard `|` is "or" and `{2}` is "twice".
 * @returns undefined when Go's regexp would refuse what comes out
 */
export function ignorePattern(pattern: string): IgnorePattern | undefined {
  const translation = translate(pattern);
  switch (translation.kind) {
    case 'exact':
      return { matches: (path) => path === pattern, size: 1 };
    case 'prefix': {
      const prefix = pattern.slice(0, -2);
      return { matches: (path) => path.startsWith(prefix), size: 1 };
    }
    case 'suffix': {
      const suffix = pattern.slice(2);
      const isWhole = (path: string) => suffix.startsWith('/') && path === suffix.slice(1);
      return { matches: (path) => path.endsWith(suffix) || isWhole(path), size: 1 };
    }
    case 'regex':
      return byRegex(linearRegex(translation.source));
  }
}

function byRegex(regex: LinearRegex | undefined): IgnorePattern | undefined {
  return regex && { matches: (path) => regex.test(path), size: regex.size };
}

// Of these patternmatcher means to escape `|{}` too, but its bitmap loses what is above U+003F.
const ESCAPED_FOR_REGEX = new Set('.+()$');

function translate(pattern: string): Translation {
  const characters = [...pattern];
  let source = '^';
  let kind: 'exact' | 'prefix' | 'suffix' | 'regex' = 'exact';
  let at = 0;
  for (let round = 0; at < characters.length; round += 1) {
    const character = characters[at] ?? '';
    at += 1;
    if (character === '*' && characters[at] === '*') {
      at += characters[at + 1] === '/' ? 2 : 1;
      const last = at >= characters.length;
      if (last && kind === 'exact') kind = 'prefix';
      else {
        source += last ? '.*' : '(.*/)?';
        kind = 'regex';
      }
      if (round === 0) kind = 'suffix';
    } else if (character === '*' || character === '?') {
      source += character === '*' ? '[^/]*' : '[^/]';
      kind = 'regex';
    } else if (character === '\\') {
      source += `\\${characters[at] ?? ''}`;
      at += 1;
      kind = 'regex';
    } else if (character === '[' || character === ']') {
      source += character;
      kind = 'regex';
    } else source += ESCAPED_FOR_REGEX.has(character) ? `\\${character}` : character;
  }
  return kind === 'regex' ? { kind, source: `${source}$` } : { kind };
}
