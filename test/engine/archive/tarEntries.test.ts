import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ARCHIVE_LIMITS } from '../../../engine/archive/limits.ts';
import { tarEntries } from '../../../engine/archive/tarEntries.ts';
import { readAll } from '../../support/blobs.ts';
import { folderWith } from './support/folders.ts';
import { END, file, folder, inPieces, pax, type RawEntry, rawEntry, tarOf } from './support/tars.ts';

interface Found {
  readonly path: string;
  readonly kind: string;
  readonly text: string;
}

async function entriesOf(tar: Uint8Array, piece?: number, limits = {}): Promise<readonly Found[]> {
  const found: Found[] = [];
  for await (const { path, kind, body } of tarEntries(inPieces(tar, piece), { ...DEFAULT_ARCHIVE_LIMITS, ...limits }))
    found.push({ path, kind, text: (await readAll(body)).toString() });
  return found;
}

const PIECES = [1, 7, 511, 512, 513, 4096, 100_000];

describe('entries come out of a stream', () => {
  const long = `${'d'.repeat(120)}/${'n'.repeat(120)}`;
  const tar = tarOf(
    folder('d'),
    file('d/a', 'A'.repeat(1000)),
    file('d/empty'),
    pax([['path', `d/${long}`]]),
    file('cut', 'P'),
    { name: '././@LongLink', type: 'L', body: `d/gnu-${long}\0` },
    file('cut', 'G'),
    { ...file('short', 'U'), prefix: 'pre/fix' },
  );

  it.each(PIECES)('in pieces of %i bytes', async (piece) => {
    expect(await entriesOf(tar, piece)).toEqual([
      { path: 'd', kind: 'folder', text: '' },
      { path: 'd/a', kind: 'file', text: 'A'.repeat(1000) },
      { path: 'd/empty', kind: 'file', text: '' },
      { path: `d/${long}`, kind: 'file', text: 'P' },
      { path: `d/gnu-${long}`, kind: 'file', text: 'G' },
      { path: 'pre/fix/short', kind: 'file', text: 'U' },
    ]);
  });
});

describe('tars that the system makes', () => {
  it.each(['ustar', 'pax', 'gnu', 'v7'])('are read: %s', async (format) => {
    const context = await folderWith({ 'd/a': 'hello', 'd/sub/b': 'x'.repeat(2000) });
    const tar = execFileSync('tar', ['cf', '-', `--format=${format}`, '--sort=name', 'd'], { cwd: context });
    expect(await entriesOf(tar)).toEqual([
      { path: 'd/', kind: 'folder', text: '' },
      { path: 'd/a', kind: 'file', text: 'hello' },
      { path: 'd/sub/', kind: 'folder', text: '' },
      { path: 'd/sub/b', kind: 'file', text: 'x'.repeat(2000) },
    ]);
  });
});

describe('a size', () => {
  it('in a PAX record wins over the header, as in Go', async () => {
    const tar = tarOf(pax([['size', '3']]), { ...file('a', 'abc'), size: '00000000000\0' });
    expect(await entriesOf(tar)).toEqual([{ path: 'a', kind: 'file', text: 'abc' }]);
  });

  it('may be in base 256', async () => {
    const size = Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(await entriesOf(tarOf({ ...file('a', 'abc'), size }))).toEqual([{ path: 'a', kind: 'file', text: 'abc' }]);
  });
});

describe('a name', () => {
  const bytes = Buffer.from([0x61, 0xff, 0x62]);

  it.each<[string, readonly RawEntry[]]>([
    ['in a header', [file(bytes, '')]],
    ['in a PAX record', [pax([['path', bytes]]), file('cut')]],
    ['in a GNU record', [{ type: 'L', body: bytes }, file('cut')]],
  ])('keeps bytes that are no UTF-8: %s', async (_, entries) => {
    expect(await entriesOf(tarOf(...entries))).toEqual([{ path: 'a\udcffb', kind: 'file', text: '' }]);
  });

  it('of a key such as __proto__ is plain data', async () => {
    const tar = tarOf(
      pax([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
      file('__proto__', '1'),
    );
    expect(await entriesOf(tar)).toEqual([{ path: '__proto__', kind: 'file', text: '1' }]);
  });
});

describe('the end', () => {
  it('is at the first zero block: nothing after it is seen', async () => {
    const tar = Buffer.concat([tarOf(file('a')), tarOf(file('hidden', 'x'))]);
    expect((await entriesOf(tar)).map(({ path }) => path)).toEqual(['a']);
  });

  it.each(PIECES)('may be missing, in pieces of %i', async (piece) => {
    expect(await entriesOf(rawEntry(file('a', 'x')), piece)).toEqual([{ path: 'a', kind: 'file', text: 'x' }]);
  });

  it('of a stream without anything is an empty archive', async () => {
    expect(await entriesOf(Buffer.alloc(0))).toEqual([]);
    expect(await entriesOf(END)).toEqual([]);
  });
});

describe('a broken archive is refused', () => {
  const GLOBAL = 'g';
  it.each<[string, Uint8Array]>([
    ['wrong checksum', tarOf({ checksum: '000001\0 ' })],
    ['no tar at all', Buffer.from('hello '.repeat(200))],
    ['size that is no number', tarOf({ size: '0000000x000\0' })],
    ['negative size', tarOf({ size: Buffer.alloc(12, 0xff) })],
    ['size over 2^53', tarOf({ size: Buffer.from([0x80, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0]) })],
    ['PAX size over 2^53', tarOf(pax([['size', '9007199254740993']]), file('a'))],
    ['negative PAX size', tarOf(pax([['size', '-1']]), file('a'))],
    ['PAX size NaN', tarOf(pax([['size', 'NaN']]), file('a'))],
    [
      'repeated PAX path',
      tarOf(
        pax([
          ['path', 'a'],
          ['path', 'b'],
        ]),
        file('a'),
      ),
    ],
    [
      'repeated PAX size',
      tarOf(
        pax([
          ['size', '0'],
          ['size', '0'],
        ]),
        file('a'),
      ),
    ],
    ['two PAX headers', tarOf(pax([['path', 'b']]), pax([['path', 'c']]), file('a'))],
    ['PAX and GNU name', tarOf(pax([['path', 'b']]), { type: 'L', body: 'c' }, file('a'))],
    ['two GNU names', tarOf({ type: 'L', body: 'b' }, { type: 'L', body: 'c' }, file('a'))],
    ['PAX path with a NUL', tarOf(pax([['path', 'a\0b']]), file('a'))],
    ['PAX record without a length', tarOf({ type: 'x', body: 'path=a\n' }, file('a'))],
    ['PAX record with a wrong length', tarOf({ type: 'x', body: '99 path=a\n' }, file('a'))],
    ['PAX record without a key', tarOf({ type: 'x', body: '5 =a\n' }, file('a'))],
    ['global header with a path', tarOf(pax([['path', 'b']], GLOBAL), file('a'))],
    ['global header with a size', tarOf(pax([['size', '1']], GLOBAL), file('a'))],
    ['record without its entry', tarOf(pax([['path', 'b']]))],
    ['folder with content', tarOf({ ...file('d', 'x'), type: '5' })],
    ['link with content', tarOf({ ...file('d', 'x'), type: '2' })],
    ['file with the name of a folder', tarOf(file('d/', 'x'))],
    ['cut inside an entry', rawEntry(file('a', 'x'.repeat(600))).subarray(0, 700)],
    ['cut inside its padding', rawEntry(file('a', 'x')).subarray(0, 700)],
    ['cut inside a header', tarOf(file('a')).subarray(0, 300)],
  ])('%s', async (_, tar) => {
    for (const piece of [1, 513, 100_000])
      await expect(entriesOf(tar, piece)).rejects.toMatchObject({ code: 'ARCHIVE_CORRUPT' });
  });

  it.each<[string, Uint8Array]>([
    ['of GNU', tarOf({ type: 'S' })],
    ['of PAX', tarOf(pax([['GNU.sparse.major', '1']]), file('a'))],
  ])('sparse file %s', async (_, tar) => {
    await expect(entriesOf(tar)).rejects.toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
  });

  it.each(['3', '4', '6', '7', 'V', 'M', '?'])('entry of type %s', async (type) => {
    await expect(entriesOf(tarOf({ type }))).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' });
  });
});

describe('limits', () => {
  it.each<[string, Uint8Array]>([
    ['a long name of 8 GiB', rawEntry({ type: 'L', size: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]) })],
    ['a PAX header of 2 MiB', rawEntry({ type: 'x', body: Buffer.alloc(2 * 1024 * 1024) })],
  ])('refuse %s before it is read', async (_, tar) => {
    await expect(entriesOf(tar)).rejects.toMatchObject({ code: 'ARCHIVE_LIMIT', facts: { name: 'recordBytes' } });
  });

  it('refuse more entries', async () => {
    const tar = tarOf(...Array.from({ length: 11 }, (_, index) => file(`f${index}`)));
    await expect(entriesOf(tar, 5000, { entries: 10 })).rejects.toMatchObject({ code: 'ARCHIVE_LIMIT' });
  });

  it('refuse records without end', async () => {
    const tar = tarOf(...Array.from({ length: 50 }, () => pax([['comment', 'x']], 'g')));
    await expect(entriesOf(tar, 5000, { entries: 10 })).rejects.toMatchObject({ code: 'ARCHIVE_LIMIT' });
  });
});

describe('an error of the stream', () => {
  it('comes out as it is', async () => {
    async function* failing() {
      yield tarOf(file('a')).subarray(0, 512);
      throw Object.assign(new Error('wrong digest'), { name: 'EngineError', code: 'BLOB_DIGEST_MISMATCH' });
    }
    const reading = async () => {
      for await (const _ of tarEntries(failing(), DEFAULT_ARCHIVE_LIMITS));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
  });
});
