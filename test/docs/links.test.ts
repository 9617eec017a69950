import { access } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, readDocument, root } from './documents.ts';

const exists = (path: string): Promise<boolean> =>
  access(new URL(path, root)).then(
    () => true,
    () => false,
  );

describe.each(DOCUMENTS)('%s', (name) => {
  it('links to files and headings that exist', async () => {
    const text = await readDocument(name);
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^https:/.test(target));
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));
    const found = await Promise.all(
      local.map((target) => (target.startsWith('#') ? headings.includes(target.slice(1)) : exists(target))),
    );
    expect(local.filter((_, at) => !found[at])).toEqual([]);
  });

  it('names files that exist', async () => {
    const text = await readDocument(name);
    const named = [...text.matchAll(/`((?:[\w.]+\/)+[\w.-]*)`/g)].map(([, path = '']) => path);
    const kept = named.filter((path) => !/^(dist|config|data|model|src)\//.test(path));
    const found = await Promise.all(kept.map(exists));
    expect(kept.filter((_, at) => !found[at])).toEqual([]);
  });
});

describe('the licence', () => {
  it('is the one that the manifest names', async () => {
    expect(JSON.parse(await readDocument('package.json')).license).toBe('Apache-2.0');
    expect((await readDocument('LICENSE')).trimStart()).toMatch(/^Apache License\n\s+Version 2\.0/);
  });
});

describe('the changelog', () => {
  it('has the version of the manifest', async () => {
    const { version } = JSON.parse(await readDocument('package.json'));
    expect(await readDocument('CHANGELOG.md')).toContain(`\n## ${version}\n`);
  });
});

/** As GitHub and VS Code make it from a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
