import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { codeRows, readDocument, root, section } from './documents.ts';

const text = await readDocument('ARCHITECTURE.md');

async function folders(path: string): Promise<readonly string[]> {
  const entries = await readdir(new URL(path, root), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${path}${name}/`);
}

describe('the page on architecture', () => {
  it('lists the folders that there are', async () => {
    const generated = ['node_modules/', 'dist/'];
    const top = (await folders('')).filter((name) => !name.startsWith('.') && !generated.includes(name));
    const rooms = await folders('engine/');
    const listed = codeRows(section(text, 'Folders')).map(([folder]) => folder);
    expect([...listed].sort()).toEqual([...top, ...rooms.filter((name) => !name.includes('/.'))].sort());
  });

  it('lists the programs that are built', async () => {
    const build = await readFile(new URL('esbuild.mjs', root), 'utf8');
    const built = [...build.matchAll(/entry: '([^']+)',\s+outfile: '([^']+)'/g)].map(([, from, to]) => [to, from]);
    const listed = codeRows(section(text, 'Programs')).map(([to, from]) => [to, from?.replaceAll('`', '')]);
    expect([...listed].sort()).toEqual(built.sort());
  });

  it('draws the arrows that the compiler keeps', async () => {
    const drawn = [...text.matchAll(/^(\w+) +-> +([\w, ]+?)(?: {2}.*)?$/gm)].map(([, from = '', to = '']) => [
      from,
      to.split(', ').sort(),
    ]);
    const kept = drawn.map(async ([from]) => [from, await references(String(from))]);
    expect(drawn).toEqual(await Promise.all(kept));
  });

  it('is one page', () => {
    expect(text.split('\n').length).toBeLessThan(100);
  });
});

/** The folders that a folder's own tsconfig.json refers to. */
async function references(folder: string): Promise<readonly string[]> {
  const config = JSON.parse(await readFile(new URL(`${folder}/tsconfig.json`, root), 'utf8'));
  const paths: readonly { path: string }[] = config.references;
  return paths.map(({ path }) => path.replace('../', '')).sort();
}
