import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKitfile } from '#engine';
import { KITFILES } from './support/kitfiles.ts';

const root = new URL('../../', import.meta.url);
const SECTIONS = readFileSync(new URL('docs/rules.md', root), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('### '))
  .map((line) => line.slice(4));

/** Rule ids as the engine's sources write them: beside a code, or in a table. */
const ID =
  /(?:'[A-Z_]+',\s*|(?:syntaxError|schemaError|broken|refusedByKit|harmless)\(\s*|rule: )'([a-z0-9]+(?:-[a-z0-9]+)*)'/g;

function idsInSources(): readonly string[] {
  const files = ['engine/kitfile/', 'engine/modelkit/'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
      .map((name) => readFileSync(new URL(folder + name, root), 'utf8')),
  );
  return [...new Set(files.flatMap((text) => [...text.matchAll(ID)].map(([, id = '']) => id)))];
}

describe('the page with the rules', () => {
  it('has one section for each rule in the engine', () => {
    const missing = idsInSources().filter((id) => !SECTIONS.includes(id));
    expect(missing).toEqual([]);
  });

  it.each(KITFILES)('has a section for all that is said of %s', (_name, text) => {
    const rules = parseKitfile(text).problems.map(({ rule }) => rule);
    expect(rules.filter((rule) => !SECTIONS.includes(rule))).toEqual([]);
  });

  it('has no section twice', () => {
    expect(new Set(SECTIONS).size).toBe(SECTIONS.length);
  });

  it('has no section for a rule that the engine does not know', () => {
    const sources = ['engine/kitfile/', 'engine/modelkit/'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(new URL(folder + name, root), 'utf8')),
    );
    const composed = ['dialect-model-field', 'dialect-datasets-field', 'dialect-metadata', 'dialect-repository'];
    const known = (id: string) => composed.includes(id) || sources.some((text) => text.includes(`'${id}'`));
    expect(SECTIONS.filter((id) => !known(id))).toEqual([]);
  });
});
