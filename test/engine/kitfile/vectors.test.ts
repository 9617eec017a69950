import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configJson } from '../../../engine/kitfile/configJson.ts';
import { withDigests } from '../../../engine/kitfile/digests.ts';
import { layerEntries } from '../../../engine/kitfile/entries.ts';
import { kitfileFromConfig } from '../../../engine/kitfile/fromConfig.ts';
import { kitfileYaml } from '../../../engine/kitfile/kitfileYaml.ts';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { configOf, firstError } from '../../support/kitfileText.ts';

interface Vector {
  readonly name: string;
  readonly files: Readonly<Record<string, { readonly text?: string }>>;
  readonly args?: readonly string[];
  readonly ours?: string;
  readonly expect: { readonly exit: number; readonly config?: string };
}

const file = new URL('../../fixtures/kit-1.7/vectors.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Vector[] };
const texts = cases
  .filter(({ args }) => !args?.includes('-f'))
  .flatMap(({ files, ...vector }) => {
    const text = files.Kitfile?.text;
    return text === undefined ? [] : [{ ...vector, text }];
  });
const packed = texts.flatMap(({ expect: { config }, ours, ...vector }) =>
  config && !ours ? [{ ...vector, config }] : [],
);

describe('a Kitfile that kit 1.7 packed', () => {
  it.each(packed)('$name gives the same config', ({ text, config }) => {
    const parsed = parseKitfile(text);
    const digests = layerEntries(kitfileFromConfig(Buffer.from(config))).map((entry) => entry.digests);
    expect(firstError(parsed)).toBeUndefined();
    expect(parsed.kitfile && configJson(withDigests(parsed.kitfile, digests)).toString()).toBe(config);
  });

  it.each(packed)('$name: its config comes back as the same bytes', ({ config }) => {
    expect(configJson(kitfileFromConfig(Buffer.from(config))).toString()).toBe(config);
  });

  it.each(packed)('$name: the Kitfile that unpacking writes means the same', ({ text }) => {
    const { kitfile = {} } = parseKitfile(text);
    expect(configOf(kitfileYaml(kitfile))).toBe(configJson(kitfile).toString());
  });
});

describe('a Kitfile that kit 1.7 refused for its text', () => {
  const refused = texts.filter(
    ({ name, expect: { exit } }) => exit === 1 && /^kitfile-(?!none|prompts|path-url)/.test(name),
  );

  it.each(refused)('$name is refused', ({ text }) => {
    expect(firstError(parseKitfile(text))).toBeDefined();
  });
});

describe('a Kitfile where we depart from kit 1.7', () => {
  const departed = texts.filter(({ ours }) => ours === 'KITFILE_RULE');

  it.each(departed)('$name is refused with $ours', ({ text, ours }) => {
    expect(firstError(parseKitfile(text))?.code).toBe(ours);
  });
});
