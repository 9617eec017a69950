import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { json, localisedTexts, root } from './support/sources.ts';

type Texts = Readonly<Record<string, string>>;

const english = json<Texts>('l10n/bundle.l10n.json');
const korean = json<Texts>('l10n/bundle.l10n.ko.json');
const manifestEnglish = json<Texts>('package.nls.json');
const manifestKorean = json<Texts>('package.nls.ko.json');
const used = localisedTexts('client');
const placeholders = (text: string) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();

describe('texts in the code', () => {
  it('are all in the English bundle, and nothing else is', () => {
    expect(Object.keys(english).sort()).toEqual([...used].sort());
  });

  it('are all in the Korean bundle, and nothing else is', () => {
    expect(Object.keys(korean).sort()).toEqual([...used].sort());
  });

  it('keep their placeholders in Korean', () => {
    const different = used.filter((text) => placeholders(text).join() !== placeholders(korean[text] ?? '').join());
    expect(different).toEqual([]);
  });
});

describe('texts in package.json', () => {
  const named = [...readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);

  it('are all in English and Korean, and nothing else is', () => {
    const keys = [...new Set(named)].sort();
    expect(Object.keys(manifestEnglish).sort()).toEqual(keys);
    expect(Object.keys(manifestKorean).sort()).toEqual(keys);
  });

  it('lead to the same commands in both languages', () => {
    const links = (texts: Texts) =>
      Object.entries(texts).map(([key, text]) => [key, (text.match(/command:[\w.?%]+/g) ?? []).sort()]);
    expect(links(manifestKorean)).toEqual(links(manifestEnglish));
  });
});
