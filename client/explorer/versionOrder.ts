const VERSION = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]{1,128}))?(?:[+_].*)?$/;
const names = new Intl.Collator('en', { numeric: true });

interface Ranked<T> {
  readonly item: T;
  readonly text: string;
  /** `latest`, then versions, then all other names. */
  readonly rank: 0 | 1 | 2;
  readonly numbers: readonly number[];
  /** Empty for a release, which is newer than its pre-releases (semver 2.0 section 11). */
  readonly pre: string;
}

/** Tags as people look for them: `latest`, then the newest version first, then other names in falling order. */
export function newestFirst<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ranked(item, nameOf(item)))
    .sort(compare)
    .map(({ item }) => item);
}

function ranked<T>(item: T, text: string): Ranked<T> {
  const match = VERSION.exec(text);
  return {
    item,
    text,
    rank: text === 'latest' ? 0 : match ? 1 : 2,
    numbers: match ? [match[1], match[2], match[3]].map((part) => Number(part ?? 0)) : [],
    pre: match?.[4] ?? '',
  };
}

function compare(a: Ranked<unknown>, b: Ranked<unknown>): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  for (const [at, number] of a.numbers.entries()) {
    const difference = (b.numbers[at] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  if (a.pre === b.pre) return names.compare(b.text, a.text);
  if (a.pre === '') return -1;
  return b.pre === '' ? 1 : names.compare(b.pre, a.pre);
}
