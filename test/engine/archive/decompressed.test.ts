import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archiveEntries } from '../../../engine/archive/archiveEntries.ts';
import { decompressed } from '../../../engine/archive/decompressed.ts';
import { DEFAULT_ARCHIVE_LIMITS } from '../../../engine/archive/limits.ts';
import { EngineError } from '../../../engine/errors.ts';
import type { Compression } from '../../../engine/oci/mediaTypes.ts';
import { noise, readAll } from '../../support/blobs.ts';
import { file, folder, inPieces, tarOf, thenThrows } from './support/tars.ts';

const TEXT = noise(300_000);
const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 20);
const flipped = (bytes: Buffer) => Buffer.from(bytes.with(bytes.length - 6, (bytes.at(-6) ?? 0) ^ 1));

async function inflated(bytes: Buffer, compression: Compression, piece = 1000, limits = {}): Promise<Buffer> {
  const all = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
  return readAll(decompressed(inPieces(bytes, piece), { compression, size: bytes.length, limits: all }));
}

describe('compressed bytes', () => {
  it.each<[string, Compression, Buffer]>([
    ['gzip', 'gzip', gzipSync(TEXT)],
    ['gzip in several members', 'gzip', Buffer.concat([gzipSync(TEXT.subarray(0, 9)), gzipSync(TEXT.subarray(9))])],
    ['zstd', 'zstd', zstdCompressSync(TEXT)],
    ['none', 'none', TEXT],
  ])('are read whole: %s', async (_, compression, bytes) => {
    for (const piece of [999, 1_000_000]) expect((await inflated(bytes, compression, piece)).equals(TEXT)).toBe(true);
  });

  it('may change members at the border of two pieces', async () => {
    const first = gzipSync('one');
    expect((await inflated(Buffer.concat([first, gzipSync('two')]), 'gzip', first.length)).toString()).toBe('onetwo');
  });

  it.each<[string, Compression, Buffer]>([
    ['gzip that is cut', 'gzip', cut(gzipSync(TEXT))],
    ['gzip of nothing', 'gzip', Buffer.alloc(0)],
    ['gzip with a wrong checksum', 'gzip', flipped(gzipSync(TEXT))],
    ['text after gzip', 'gzip', Buffer.concat([gzipSync(TEXT), Buffer.from('more')])],
    ['zeros after gzip', 'gzip', Buffer.concat([gzipSync(TEXT), Buffer.alloc(600)])],
    ['no gzip', 'gzip', TEXT],
    ['zstd that says gzip', 'gzip', zstdCompressSync(TEXT)],
    ['zstd that is cut', 'zstd', cut(zstdCompressSync(TEXT))],
    ['zstd of nothing', 'zstd', Buffer.alloc(0)],
    ['text after zstd', 'zstd', Buffer.concat([zstdCompressSync(TEXT), Buffer.from('more')])],
    ['zstd in several frames', 'zstd', Buffer.concat([zstdCompressSync('one'), zstdCompressSync('two')])],
    ['no zstd', 'zstd', TEXT],
    ['zstd with a window of 256 MiB', 'zstd', Buffer.from('28b52ffd0090010000', 'hex')],
  ])('are refused: %s', async (_, compression, bytes) => {
    for (const piece of [1000, 1_000_000])
      await expect(inflated(bytes, compression, piece)).rejects.toMatchObject({ code: 'ARCHIVE_CORRUPT' });
  });

  it('are stopped when they grow beyond the limit, and only then', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000));
    const refused = inflated(bomb, 'gzip', 1000, { inflatedFree: 1_000_000, inflatedRatio: 200 });
    await expect(refused).rejects.toMatchObject({ code: 'ARCHIVE_LIMIT', facts: { name: 'inflatedRatio' } });
    expect(await inflated(bomb, 'gzip', 1000, { inflatedFree: 4_000_000 })).toHaveLength(4_000_000);
    expect(await inflated(bomb, 'gzip', 1000, { inflatedFree: 0, inflatedRatio: 2000 })).toHaveLength(4_000_000);
  });

  it.each<Compression>(['none', 'gzip', 'zstd'])('pass on what the stream throws: %s', async (compression) => {
    const bytes = { none: TEXT, gzip: gzipSync(TEXT), zstd: zstdCompressSync(TEXT) }[compression];
    const error = new EngineError('BLOB_DIGEST_MISMATCH', 'Wrong.');
    const limits = DEFAULT_ARCHIVE_LIMITS;
    const reading = readAll(decompressed(thenThrows(bytes, error), { compression, size: bytes.length, limits }));
    await expect(reading).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
  });
});

describe('the entries of a layer', () => {
  it('are told without their content', async () => {
    const tar = gzipSync(tarOf(folder('d', 0o700), file('d/a', 'hello'), { name: 'l', type: '2' }));
    const found = [];
    for await (const entry of archiveEntries(inPieces(tar), { kind: 'model', format: 'tar', compression: 'gzip' }))
      found.push(entry);
    expect(found).toEqual([
      { path: 'd', kind: 'folder', size: 0, mode: 0o700 },
      { path: 'd/a', kind: 'file', size: 5, mode: 0o644 },
    ]);
  });
});
