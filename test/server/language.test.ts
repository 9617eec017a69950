import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface OnEnterRule {
  readonly beforeText: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}

interface LanguageConfiguration {
  readonly onEnterRules: readonly OnEnterRule[];
  readonly indentationRules: { readonly increaseIndentPattern: string };
  readonly wordPattern: string;
}

const root = new URL('../../language/', import.meta.url);
const configuration: LanguageConfiguration = JSON.parse(
  readFileSync(new URL('kitfile.language-configuration.json', root), 'utf8'),
);
const grammar: {
  readonly injections: Readonly<Record<string, { readonly patterns: readonly { readonly match: string }[] }>>;
} = JSON.parse(readFileSync(new URL('kitfile.tmLanguage.json', root), 'utf8'));

describe('Enter', () => {
  it.each([
    ['  - name: training', { indent: 'none', appendText: '  ' }],
    ['- path: "a: b"', { indent: 'none', appendText: '  ' }],
    ["- 'path': x", { indent: 'none', appendText: '  ' }],
    ['  - parameters:', { indent: 'indent', appendText: '  ' }],
    ['  - http://x', undefined],
    ['  - text', undefined],
    ['  name: training', undefined],
  ])('behind "%s" does %j', (line, action) => {
    const rule = configuration.onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line));
    expect(rule?.action).toEqual(action);
  });

  it.each([
    ['model:', true],
    ['  - parameters:', true],
    ['  description: |-', true],
    ['model: # mine', true],
    ['  name: x', false],
    ['# model:', false],
  ])('behind "%s" indents: %s', (line, indents) => {
    expect(new RegExp(configuration.indentationRules.increaseIndentPattern).test(line)).toBe(indents);
  });
});

describe('a word', () => {
  it('is a key, an identifier or a part of a path', () => {
    const words = 'path: ./model/a-b.bin, "Apache-2.0"'.match(new RegExp(configuration.wordPattern, 'g'));
    expect(words).toEqual(['path', '.', 'model', 'a-b.bin', 'Apache-2.0']);
  });
});

describe('colours', () => {
  const patterns = Object.values(grammar.injections).flatMap((injection) => injection.patterns);
  const coloured = (line: string) => patterns.flatMap(({ match }) => new RegExp(match).exec(line) ?? []);

  it.each([
    ['datasets:', 'datasets'],
    ['path: ghcr.io/team/base:1.0.0', 'ghcr.io/team/base:1.0.0'],
    [`digest: sha256:${'a'.repeat(64)}`, `sha256:${'a'.repeat(64)}`],
  ])('are given in "%s" to %s', (line, expected) => {
    expect(coloured(line)).toEqual([expected]);
  });

  it.each(['  model: x', 'name: model', 'path: ./model/a.bin', 'time: 12:30'])('are not given in "%s"', (line) => {
    expect(coloured(line)).toEqual([]);
  });
});
