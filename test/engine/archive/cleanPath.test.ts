import { describe, expect, it } from 'vitest';
import { cleanPath } from '../../../engine/archive/cleanPath.ts';

describe('a cleaned path', () => {
  it.each([
    ['', '.'],
    ['.', '.'],
    ['./', '.'],
    ['a', 'a'],
    ['./a/', 'a'],
    ['a//b', 'a/b'],
    ['a/../b', 'b'],
    ['a/..', '.'],
    ['../a', '../a'],
    ['a/../../b', '../b'],
    ['../..', '../..'],
    ['/', '/'],
    ['//a/../..', '/'],
    ['a/./b/.', 'a/b'],
  ])('of %j is %j, as in Go', (path, cleaned) => {
    expect(cleanPath(path)).toBe(cleaned);
  });
});
