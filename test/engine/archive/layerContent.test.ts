import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { layerContent } from '../../../engine/archive/layerContent.ts';
import type { LayerKind } from '../../../engine/oci/mediaTypes.ts';
import { readAll } from '../../support/blobs.ts';
import { emptyFolder, folderWith, type Given, openHandles } from './support/folders.ts';
import { layerOf, packed } from './support/layers.ts';

interface KitCase {
  readonly name: string;
  readonly files: Readonly<Record<string, Given>>;
  readonly refused?: string;
  readonly layers: readonly { kind: LayerKind; path: string; diffId?: string; tarSize?: number }[];
}

const CASES: readonly KitCase[] = JSON.parse(
  readFileSync(new URL('../../fixtures/archive/layers.json', import.meta.url), 'utf8'),
);

describe('a layer has the bytes that kit made of', () => {
  it.each(CASES.filter(({ refused }) => !refused))('$name', async ({ files, layers }) => {
    const context = await folderWith(files);
    const paths = layers.map(({ path }) => path);
    const made = layers.map(async ({ path, kind }, index) => {
      const { diffId, tarSize } = await packed(await layerOf(context, path, paths.toSpliced(index, 1), kind));
      return { kind, path, diffId, tarSize };
    });
    expect(await Promise.all(made)).toEqual(layers);
  });
});

/** Spec 12.1. */
const GOLDEN = {
  'model/a.bin': 'hello',
  'model/sub/empty.bin': '',
  'data/train.csv': 'x,y\n1,2\n',
  'data/readme.txt': 'note\n',
  'docs-empty/': '',
  'run.sh': { type: 'file', text: '#!/bin/sh\n', mode: '0755' },
  Kitfile: 'manifestVersion: 1.0.0\n',
} as const;
const GOLDEN_PATHS = ['model', '.', 'data/train.csv'];

describe('the golden layers (spec 12.2)', () => {
  it.each([
    ['model', 3584, '54388348c8a100fbe35e933bb32ddc8d1fe7add9581f9c3e754aa6d7135fff77'],
    ['.', 4096, '33e67aabd651b20b31152229b47f613c0abfc2dbd6c60c08dc98bd2c0713e95d'],
    ['data/train.csv', 2560, 'b0a5830bffa8701b628fb74b3129723b121527a44f6a91f4d98da60bcc984b4f'],
  ])('%s', async (path, tarSize, hex) => {
    const source = await layerOf(await folderWith(GOLDEN), path, GOLDEN_PATHS);
    expect(await packed(source)).toMatchObject({ tarSize, diffId: `sha256:${hex}`, digest: `sha256:${hex}` });
  });

  it('of nothing is 1024 zeros', async () => {
    const { bytes, digest } = await packed(await layerOf(await emptyFolder(), '.'));
    expect(bytes.equals(Buffer.alloc(1024))).toBe(true);
    expect(digest).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
  });
});

describe('a compressed layer', () => {
  it.each([
    ['gzip', '1f8b08000000000000ff'],
    ['gzip-fastest', '1f8b08000000000004ff'],
  ] as const)('by %s has the header that Go writes, and the tar inside', async (compression, header) => {
    const source = await layerOf(await folderWith(GOLDEN), 'model');
    const { bytes, diffId } = await packed(source, compression);
    expect(bytes.subarray(0, 10).toString('hex')).toBe(header);
    expect(gunzipSync(bytes).equals((await packed(source)).bytes)).toBe(true);
    expect(diffId).toBe('sha256:54388348c8a100fbe35e933bb32ddc8d1fe7add9581f9c3e754aa6d7135fff77');
  });
});

describe('tar lists a layer with', () => {
  it.each([
    ['a name of 100 bytes', 'n'.repeat(100)],
    ['a name of 101 bytes', 'n'.repeat(101)],
    ['a path that needs the prefix', `${'p'.repeat(150)}/${'n'.repeat(100)}`],
    ['a path that no prefix can hold', `${'p'.repeat(200)}/${'n'.repeat(200)}`],
    ['another alphabet', '模型/émile.bin'],
  ])('%s', async (_, name) => {
    const context = await folderWith({ [`m/${name}`]: 'x' });
    const { bytes } = await packed(await layerOf(context, 'm'));
    const listed = execFileSync('tar', ['tf', '-', '--quoting-style=literal'], { input: bytes, encoding: 'utf8' });
    expect(listed.trim().split('\n').at(-1)).toBe(`m/${name}`);
  });
});

describe('a name that is no UTF-8', () => {
  it('is packed byte for byte', async () => {
    const context = await folderWith({ 'm/': '' });
    const name = Buffer.from([0x61, 0xff, 0x0a, 0x62]);
    await writeFile(Buffer.concat([Buffer.from(`${context}/m/`), name]), 'x');
    const { bytes } = await packed(await layerOf(context, 'm'));
    expect(bytes.includes(Buffer.concat([Buffer.from('15 path=m/'), name, Buffer.from('\n')]))).toBe(true);
  });
});

const MIB = 1024 * 1024;

describe('a file that changes while it is packed', () => {
  let context: string;
  let big: string;

  beforeEach(async () => {
    context = await folderWith({ 'm/big.bin': Buffer.alloc(4 * MIB, 7) });
    big = join(context, 'm/big.bin');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['grows', () => appendFile(big, 'more')],
    ['shrinks', () => truncate(big, MIB)],
    ['is written to', () => utimes(big, 1, 2)],
    ['is replaced', () => writeFile(`${big}.new`, Buffer.alloc(4 * MIB)).then(() => rename(`${big}.new`, big))],
    ['is deleted', () => rm(big)],
  ])('is refused when it %s', async (_, change) => {
    const before = await openHandles();
    const bytes = layerContent(await layerOf(context, 'm'), { compression: 'none' }).bytes[Symbol.asyncIterator]();
    await bytes.next();
    await bytes.next();
    await change();
    const rest = readAll({ [Symbol.asyncIterator]: () => bytes });
    await expect(rest).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect(await openHandles()).toBe(before);
  });
});

describe('a layer that is cancelled', () => {
  it('stops, and closes its files', async () => {
    const context = await folderWith({ 'm/big.bin': Buffer.alloc(8 * MIB) });
    const before = await openHandles();
    const abort = new AbortController();
    const onBytes = () => abort.abort();
    const { bytes } = layerContent(await layerOf(context, 'm'), { compression: 'gzip', signal: abort.signal, onBytes });
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await openHandles()).toBe(before);
  });

  it('by its reader, who stops in the middle, closes its files too', async () => {
    const context = await folderWith({ 'm/big.bin': Buffer.alloc(8 * MIB) });
    const before = await openHandles();
    for await (const _ of layerContent(await layerOf(context, 'm'), { compression: 'none' }).bytes) break;
    expect(await openHandles()).toBe(before);
  });
});

describe('progress', () => {
  it('counts the bytes of files, up to all of them', async () => {
    const context = await folderWith({ 'm/a': 'x'.repeat(10), 'm/b': Buffer.alloc(3 * MIB), 'm/c': '' });
    const seen: number[] = [];
    await readAll(
      layerContent(await layerOf(context, 'm'), { compression: 'none', onBytes: (done) => seen.push(done) }).bytes,
    );
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(3 * MIB + 10);
  });

  it('has no facts before the end', async () => {
    const content = layerContent(await layerOf(await folderWith({ m: 'x' }), 'm'), { compression: 'none' });
    expect(() => content.facts()).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});

describe('holes', () => {
  it('are read as zeros', async () => {
    const context = await emptyFolder();
    await mkdir(join(context, 'm'));
    await writeFile(join(context, 'm/sparse'), '');
    await truncate(join(context, 'm/sparse'), 5 * MIB + 3);
    const { bytes } = await packed(await layerOf(context, 'm'));
    expect(bytes.subarray(1024, 1024 + 5 * MIB + 3).equals(await readFile(join(context, 'm/sparse')))).toBe(true);
  });
});
