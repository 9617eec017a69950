import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KITFILE_RULES } from '#engine';

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const sections = page
  .split('\n')
  .filter((line) => line.startsWith('### '))
  .map((line) => line.slice(4));

describe('the page with the rules', () => {
  it('has one section for each rule of the engine, and none besides', () => {
    expect(sections.toSorted()).toEqual(KITFILE_RULES.toSorted());
  });

  it('says something of each', () => {
    const empty = page.split('\n### ').filter((section) => section.split('\n').slice(1).join('').trim() === '');
    expect(empty).toEqual([]);
  });
});
