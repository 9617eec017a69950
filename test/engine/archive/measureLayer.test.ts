import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureLayer } from '../../../engine/archive/measureLayer.ts';
import { emptyFolder, folderWith, type Given } from './support/folders.ts';
import { layerOf } from './support/layers.ts';

async function measured(things: Readonly<Record<string, Given>>, path: string, others: readonly string[] = []) {
  return measureLayer(await layerOf(await folderWith(things), path, others));
}

describe('a layer', () => {
  it('is counted', async () => {
    expect(await measured({ 'm/a': 'xx', 'm/sub/b': 'yyy', 'other/c': 'z' }, 'm')).toEqual({
      files: 2,
      folders: 2,
      bytes: 5,
      skipped: [],
      skippedCount: 0,
      warnings: [],
    });
  });

  it('can be cancelled', async () => {
    const source = await layerOf(await folderWith({ 'm/a': 'x' }), 'm');
    await expect(measureLayer(source, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a path that cannot be packed', () => {
  const context = {
    'Model/weights.bin': 'x',
    'émile/a': 'x',
    link: { type: 'symlink', to: 'Model' },
    broken: { type: 'symlink', to: 'nowhere' },
    'links/a': { type: 'symlink', to: '../Model/weights.bin' },
    pipe: { type: 'fifo' },
    'dots/a..b': 'x',
    'kitfile/a': 'x',
    'ignored/a..b': 'x',
    'ignored/c': 'x',
    '.kitignore': 'ignored/a*',
  } as const;

  it.each([
    ['missing', 'missing', 'PATH_NOT_FOUND'],
    ['below a file', 'Model/weights.bin/x', 'PATH_NOT_FOUND'],
    ['in another case', 'model', 'PATH_NOT_FOUND'],
    ['in another Unicode form', 'émile'.normalize('NFD'), 'PATH_NOT_FOUND'],
    ['absolute', '/etc', 'PATH_OUTSIDE'],
    ['above', '..', 'PATH_OUTSIDE'],
    ['outside', '../x', 'PATH_OUTSIDE'],
    ['a link', 'link', 'PATH_UNSUPPORTED'],
    ['a broken link', 'broken', 'PATH_UNSUPPORTED'],
    ['through a link', 'link/weights.bin', 'PATH_UNSUPPORTED'],
    ['a folder of nothing but links', 'links', 'PATH_UNSUPPORTED'],
    ['a pipe', 'pipe', 'PATH_UNSUPPORTED'],
    ['two dots in its name', 'dots/a..b', 'PATH_UNSUPPORTED'],
    ['two dots in a name below', 'dots', 'PATH_UNSUPPORTED'],
    ['a folder called kitfile', 'kitfile', 'PATH_UNSUPPORTED'],
  ])('%s', async (_, path, code) => {
    await expect(measured(context, path)).rejects.toMatchObject({ code });
  });

  it.each([
    ['model', 'Model'],
    ['émile'.normalize('NFD'), 'émile'],
  ])('is told how the disk spells it', async (path, spelling) => {
    await expect(measured(context, path)).rejects.toMatchObject({ facts: { spelling } });
  });

  it('names the link and its target', async () => {
    await expect(measured(context, 'link/weights.bin')).rejects.toMatchObject({
      message: expect.stringContaining('goes through the link link to Model'),
    });
  });

  it('is no matter when .kitignore leaves it out', async () => {
    expect(await measured(context, 'ignored')).toMatchObject({ files: 1 });
  });
});

describe('what is neither file nor folder', () => {
  it('is left out, counted, and the first ten are named', async () => {
    const links = Array.from({ length: 12 }, (_, n) => [`m/link${n}`, { type: 'symlink', to: 'a' }] as const);
    const measure = await measured({ 'm/a': 'x', 'm/pipe': { type: 'fifo' }, ...Object.fromEntries(links) }, 'm');
    expect(measure).toMatchObject({ files: 1, skippedCount: 13, warnings: [{ code: 'FILE_SKIPPED' }] });
    expect(measure.skipped).toHaveLength(10);
    expect(measure.skipped[0]).toBe('m/link0 (link)');
    expect(measure.warnings[0]?.message).toContain('and 3 more');
  });

  it('is never followed, also in a circle', async () => {
    const measure = await measured({ 'm/a': 'x', 'm/loop': { type: 'symlink', to: '.' } }, 'm');
    expect(measure).toMatchObject({ files: 1, skipped: ['m/loop (link)'] });
  });
});

describe('a layer without content', () => {
  it.each<[string, Readonly<Record<string, Given>>]>([
    ['an empty folder', { 'm/': '' }],
    ['an empty file', { m: '' }],
    ['a path whose files are all ignored', { 'm/a': 'x', '.kitignore': 'm/*' }],
  ])('has a warning: %s', async (_, things) => {
    expect((await measured(things, 'm')).warnings).toMatchObject([{ code: 'LAYER_EMPTY' }]);
  });
});

describe('a layer whose path is ignored', () => {
  it('has no warning here: the check of the Kitfile gives it, with its place', async () => {
    expect((await measured({ 'm/a': 'x', '.kitignore': 'm' }, 'm')).warnings).toEqual([]);
  });
});

describe('what some kit or system cannot read has a warning', () => {
  it.each<[string, Readonly<Record<string, Given>>, string, readonly string[], string]>([
    ['names of devices', { 'm/aux.txt': 'x' }, 'm', [], 'm/aux.txt'],
    ['colons', { 'm/a:b': 'x' }, 'm', [], 'm/a:b'],
    ['dots at the end', { 'm/x./a': 'x' }, 'm', [], 'm/x.'],
    ['names in two cases', { 'm/A': 'x', 'm/b': 'x', 'm/a': 'x' }, 'm', [], 'm/a'],
    ['children of an ignored folder', { 'm/d/keep': 'x', '.kitignore': 'm/d\n!m/d/keep' }, 'm', [], 'm/d/keep'],
    ['siblings that begin alike', { data: 'x', 'data.csv': 'y', z: 'z' }, '.', ['data'], 'data.csv (like data)'],
  ])('%s', async (_, things, path, others, shown) => {
    expect((await measured(things, path, others)).warnings).toEqual([
      { code: 'PORTABILITY', message: expect.stringContaining(`${shown}.`) },
    ]);
  });

  it('but equal names in different folders have none', async () => {
    expect((await measured({ 'm/a/x': '1', 'm/b/X': '2', 'm/b/sub/x': '3' }, 'm')).warnings).toEqual([]);
  });
});

describe('names that hide something', () => {
  it('are shown with escapes', async () => {
    const context = await emptyFolder();
    await writeFile(join(context, 'evil\u001b[31m\n\u202e:'), 'x');
    const { warnings } = await measureLayer(await layerOf(context, '.'));
    expect(warnings[0]?.message).toContain('evil\\x1b[31m\\x0a\\u202e:');
  });
});
