import { describe, expect, it } from 'vitest';
import { SortedNames } from '../../../engine/archive/sortedNames.ts';

function sorted(names: readonly string[]): readonly string[] {
  const sorting = new SortedNames();
  for (const name of names) sorting.add(name);
  const taken: string[] = [];
  for (let name = sorting.take(); name !== undefined; name = sorting.take()) taken.push(name);
  return taken;
}

/** Names in an order that looks random and is the same each time. */
function shuffled(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `n${(index * 7919) % count}`);
}

describe('names come out sorted', () => {
  it.each([0, 1, 9_999, 10_000, 10_001, 35_000])('when there are %i', (count) => {
    const names = shuffled(count);
    expect(sorted(names)).toEqual([...names].sort());
  });
});
