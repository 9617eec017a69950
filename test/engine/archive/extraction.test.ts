import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/errors.ts';
import { formatOwner, type Owner, thisOwner } from '../../../engine/store/owner.ts';
import { deadProcess } from '../../support/deadProcess.ts';
import { into, layerLike, unpack } from './support/extractions.ts';
import { contentsOf, emptyFolder, folderWith, modeOf, openHandles } from './support/folders.ts';
import { layerOf, packed } from './support/layers.ts';
import { file, folder, inPieces, pax, type RawEntry, rawEntry, tarOf, thenThrows } from './support/tars.ts';

const WRONG = new EngineError('BLOB_DIGEST_MISMATCH', 'Its bytes are others.');

describe('a layer', () => {
  it('comes out as it was packed', async () => {
    const things = { 'm/a': 'hello', 'm/sub/b': 'x'.repeat(300_000), 'm/sub/empty': '', 'm/none/': '' };
    const target = await emptyFolder();
    const { bytes } = await packed(await layerOf(await folderWith(things), 'm'));
    expect(await unpack(target, [bytes])).toEqual({ files: 3, bytes: 300_005, skipped: 0 });
    expect(await contentsOf(target)).toEqual({
      'm/': '/',
      'm/a': 'hello',
      'm/none/': '/',
      'm/sub/': '/',
      'm/sub/b': 'x'.repeat(300_000),
      'm/sub/empty': '',
    });
  });

  it('with names that are no UTF-8 comes out with the same bytes', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(file(Buffer.from([0x61, 0xff]), 'x'))]);
    const names = await readdir(target, { encoding: 'buffer' });
    expect(names).toEqual([Buffer.from([0x61, 0xff])]);
  });

  it('without its folders gets them', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(file('a/b/c', 'x'))]);
    expect(await contentsOf(target)).toEqual({ 'a/': '/', 'a/b/': '/', 'a/b/c': 'x' });
  });

  it('of kits from before 0.5 goes below a folder', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(file('c', 'x'))], {}, { below: 'a/b' });
    expect(await contentsOf(target)).toMatchObject({ 'a/b/c': 'x' });
  });

  it('gives only what is wanted', async () => {
    const target = await emptyFolder();
    const include = (path: string) => path.endsWith('.py');
    await unpack(target, [tarOf(folder('d'), file('d/a.py', 'x'), folder('e'), file('e/b'))], {}, { include });
    expect(await contentsOf(target)).toEqual({ 'd/': '/', 'd/a.py': 'x' });
  });

  it('that is raw is one file', async () => {
    const target = await emptyFolder();
    const type = { kind: 'model', format: 'raw', compression: 'gzip' } as const;
    await unpack(target, [gzipSync('weights')], {}, { type, rawFile: { path: 'm/w.bin', mode: 0o4755 } });
    expect(await contentsOf(target)).toEqual({ 'm/': '/', 'm/w.bin': 'weights' });
    expect(await modeOf(join(target, 'm/w.bin'))).toBe('0755');
  });

  it('reports the bytes of its blob', async () => {
    const tar = tarOf(file('a', 'x'.repeat(10_000)));
    const seen: number[] = [];
    await unpack(await emptyFolder(), [tar], {}, { onBytes: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(tar.length);
  });
});

describe('modes', () => {
  it('lose setuid, setgid, sticky and what the umask takes', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(folder('d', 0o7777), file('d/a', '', 0o7777), file('d/b', '', 0o400))]);
    const modes = await Promise.all(['d', 'd/a', 'd/b'].map((path) => modeOf(join(target, path))));
    expect(modes).toEqual(['0755', '0755', '0400']);
  });

  it('of folders are set last, so that a read-only one is filled', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(folder('d', 0), folder('d/e', 0o555), file('d/e/a', 'x'))]);
    expect(await modeOf(join(target, 'd'))).toBe('0000');
    expect(await modeOf(join(target, 'd/e'))).toBe('0555');
    await chmod(join(target, 'd'), 0o755);
  });
});

/** Names and what becomes of them (bad-inputs D1, D2). */
describe('an entry that is never written', () => {
  it.each<[string, RawEntry]>([
    ['up', file('../x')],
    ['up in the middle', file('a/../../x')],
    ['absolute', file('/etc/x')],
    ['drive', file('C:\\x')],
    ['drive with slash', file('C:/x')],
    ['UNC', file('\\\\srv\\x')],
    ['no name', file('')],
    ['dots inside', file('a..b')],
    ['the target itself', file('.')],
    ['symbolic link', { name: 'l', type: '2' }],
    ['hard link', { name: 'l', type: '1' }],
    ['device', { name: 'd', type: '3' }],
    ['pipe', { name: 'p', type: '6' }],
    ['name of our temporaries', file('.modelkit-tmp-01234567-1-0-0123456789ab/x')],
  ])('%s: the whole layer is refused', async (_, entry) => {
    const target = await folderWith({ mine: 'mine' });
    const unpacking = unpack(target, [tarOf(file('good', 'x'), entry)]);
    await expect(unpacking).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expect(await contentsOf(target)).toEqual({ mine: 'mine' });
  });

  it.each([
    ['depth', `${'a/'.repeat(1024)}x`],
    ['nameBytes', 'é'.repeat(128)],
    ['pathBytes', `${'a'.repeat(250)}/`.repeat(17).concat('x')],
  ])('beyond the limit of %s', async (name, path) => {
    const unpacking = unpack(await emptyFolder(), [tarOf(pax([['path', path]]), file('cut'))]);
    await expect(unpacking).rejects.toMatchObject({ code: 'ARCHIVE_LIMIT', facts: { name } });
  });

  it.runIf(process.platform === 'linux')('names that only Windows refuses are written elsewhere', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(file('CON'), file('a:b'), file('x.'), file('b\\c'))]);
    expect(Object.keys(await contentsOf(target)).sort()).toEqual(['CON', 'a:b', 'b\\c', 'x.']);
  });
});

describe('links in a ModelPack', () => {
  it('are left out with a warning', async () => {
    const target = await emptyFolder();
    const warnings: string[] = [];
    const onWarning = (code: string, message: string) => warnings.push(`${code} ${message}`);
    await unpack(target, [tarOf({ name: 'l', type: '2' }, file('a', 'x'))], { links: 'skip', onWarning });
    expect(await contentsOf(target)).toEqual({ a: 'x' });
    expect(warnings).toEqual(['FILE_SKIPPED Links in the layer 1 are left out: l.']);
  });
});

describe('a link in the target (bad-inputs D3)', () => {
  it.each([{}, { overwrite: true }])('is never followed on the way to a file, with %j', async (options) => {
    const outside = await emptyFolder();
    const target = await folderWith({ d: { type: 'symlink', to: outside } });
    const unpacking = unpack(target, [tarOf(folder('d'), file('d/a', 'x'))], options);
    await expect(unpacking).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expect(await contentsOf(outside)).toEqual({});
    expect(await contentsOf(target)).toEqual({ d: '->' });
  });

  it.each([{}, { overwrite: true }])('is never written through, with %j', async (options) => {
    const outside = await folderWith({ secret: 'old' });
    const target = await folderWith({ a: { type: 'symlink', to: join(outside, 'secret') } });
    const unpacking = unpack(target, [tarOf(file('a', 'x'))], options);
    await expect(unpacking).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expect(await contentsOf(outside)).toEqual({ secret: 'old' });
  });

  it('to a folder is fine for the folder alone', async () => {
    const target = await folderWith({ d: { type: 'symlink', to: await emptyFolder() } });
    await unpack(target, [tarOf(folder('d'))]);
    expect(await readlink(join(target, 'd'))).toBeTruthy();
  });

  it('that is put there during the run is not followed', async () => {
    const outside = await emptyFolder();
    const target = await emptyFolder();
    async function* swapping() {
      yield tarOf(file('d/b', 'x'));
      await rename(join(target, 'd'), join(target, 'gone'));
      await symlink(outside, join(target, 'd'));
    }
    const unpacking = unpack(target, [tarOf(file('d/a', 'x')), swapping()]);
    await expect(unpacking).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expect(await contentsOf(outside)).toEqual({});
  });
});

/** The table of spec 6.4. */
describe('what is there already', () => {
  const LAYER = tarOf(file('a', 'new'));
  const neither = {};
  const o = { overwrite: true };
  const i = { ignoreExisting: true };
  const both = { overwrite: true, ignoreExisting: true };

  it.each([
    ['a file', neither, 'TARGET_EXISTS', 'old'],
    ['a file', o, undefined, 'new'],
    ['a file', i, undefined, 'old'],
    ['a file', both, undefined, 'old'],
  ])('%s, with %j', async (_, options, code, content) => {
    const target = await folderWith({ a: 'old' });
    const outcome = await unpack(target, [LAYER], options).catch((error: unknown) => error);
    expect((outcome as { code?: string }).code).toBe(code);
    expect(await contentsOf(target)).toEqual({ a: content });
  });

  it.each([
    ['a folder', neither, 'TARGET_EXISTS'],
    ['a folder', o, 'TARGET_EXISTS'],
    ['a folder', i, undefined],
  ])('%s in the place of a file, with %j', async (_, options, code) => {
    const target = await folderWith({ 'a/': '' });
    const outcome = await unpack(target, [LAYER], options).catch((error: unknown) => error);
    expect((outcome as { code?: string }).code).toBe(code);
    expect(await contentsOf(target)).toEqual({ 'a/': '/' });
  });

  it.each([neither, o, i])('a file in the place of a folder, with %j', async (options) => {
    const target = await folderWith({ d: 'old' });
    await expect(unpack(target, [tarOf(folder('d'))], options)).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    await expect(unpack(target, [tarOf(file('d/x'))], options)).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    expect(await contentsOf(target)).toEqual({ d: 'old' });
  });

  it('a file that is overwritten keeps its mode, read-only ones too', async () => {
    const target = await folderWith({ a: { type: 'file', text: 'old', mode: '0440' } });
    await unpack(target, [LAYER], o);
    expect([await modeOf(join(target, 'a')), await contentsOf(target)]).toEqual(['0440', { a: 'new' }]);
  });

  it('a folder keeps its mode', async () => {
    const target = await folderWith({ d: { type: 'dir', mode: '0700' } });
    await unpack(target, [tarOf(folder('d', 0o777))]);
    expect(await modeOf(join(target, 'd'))).toBe('0700');
  });

  it('is reported when a file is in the way of the last entry: nothing of the layer is there', async () => {
    const target = await folderWith({ z: 'old' });
    await expect(unpack(target, [tarOf(file('a'), file('z'))])).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    expect(await contentsOf(target)).toEqual({ z: 'old' });
  });
});

describe('the Kitfile', () => {
  const bytes = Buffer.from('manifestVersion: 1.0.0\n');

  it.each([
    ['nothing', undefined, {}, undefined],
    ['the same', bytes.toString(), {}, undefined],
    ['the same', bytes.toString(), { ignoreExisting: true }, undefined],
    ['another', 'x', {}, 'TARGET_EXISTS'],
    ['another', 'x', { ignoreExisting: true }, 'TARGET_EXISTS'],
    ['another', 'x', { overwrite: true }, undefined],
    ['another', 'x', { overwrite: true, ignoreExisting: true }, undefined],
  ])('when %s is there (%j), with %j', async (_, old, options, code) => {
    const target = await folderWith(old === undefined ? {} : { Kitfile: old });
    const extraction = into(target, options);
    const error = await extraction.file('Kitfile', bytes, 0o644).catch((reason: unknown) => reason);
    await extraction.finish();
    expect((error as { code?: string } | undefined)?.code).toBe(code);
    expect(await contentsOf(target)).toEqual({ Kitfile: code ? old : bytes.toString() });
  });
});

describe('one path in two entries (bad-inputs D11)', () => {
  const twice = (first: string, second: string) => [tarOf(file('a', first)), tarOf(file('a', second))];

  it('of one layer is refused', async () => {
    const target = await emptyFolder();
    const unpacking = unpack(target, [tarOf(file('a', 'x'), file('./a', 'x'))]);
    await expect(unpacking).rejects.toMatchObject({ code: 'TARGET_CONFLICT' });
    expect(await contentsOf(target)).toEqual({});
  });

  it('of two layers is fine when the bytes are equal', async () => {
    const target = await emptyFolder();
    await unpack(target, twice('same', 'same'));
    expect(await contentsOf(target)).toEqual({ a: 'same' });
  });

  it('of two layers names both when they differ', async () => {
    await expect(unpack(await emptyFolder(), twice('one', 'two'))).rejects.toMatchObject({
      code: 'TARGET_CONFLICT',
      facts: { path: 'a', layers: ['layer 1', 'layer 2'] },
    });
  });

  it('of two layers: the later one wins with -o', async () => {
    const target = await emptyFolder();
    await unpack(target, twice('one', 'two'), { overwrite: true });
    expect(await contentsOf(target)).toEqual({ a: 'two' });
  });

  it.each<[string, readonly RawEntry[]]>([
    ['a file, then a folder', [file('a'), folder('a')]],
    ['a folder, then a file', [folder('a'), file('a')]],
    ['a file, then something in it', [file('a'), file('a/b')]],
    ['something in it, then the file', [file('a/b'), file('a')]],
  ])('that is %s is refused', async (_, entries) => {
    await expect(unpack(await emptyFolder(), [tarOf(...entries)])).rejects.toMatchObject({ code: 'TARGET_CONFLICT' });
  });

  it('that is a folder twice is fine', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(folder('d'), folder('d'), file('d/a')), tarOf(folder('d'), file('d/b'))]);
    expect(Object.keys(await contentsOf(target))).toEqual(['d/', 'd/a', 'd/b']);
  });
});

describe('on a disk that folds names (bad-inputs D12)', () => {
  it.each([
    ['A', 'a'],
    ['é', 'é'.normalize('NFD')],
    ['straße', 'STRASSE'],
    ['Dir/a', 'dir/b'],
  ])('%s and %s are refused before the second is written', async (one, other) => {
    const target = await emptyFolder();
    const unpacking = unpack(target, [tarOf(file(one, '1')), tarOf(file(other, '2'))], { foldsNames: true });
    await expect(unpacking).rejects.toMatchObject({ code: 'TARGET_CONFLICT' });
    expect(await contentsOf(target)).toEqual({});
  });

  it.runIf(process.platform === 'linux')('this one does not', async () => {
    const target = await emptyFolder();
    await unpack(target, [tarOf(file('A', '1'), file('a', '2'))]);
    expect(await contentsOf(target)).toEqual({ A: '1', a: '2' });
  });
});

describe('a layer that turns out to be wrong at its end', () => {
  it('leaves nothing, and the old files as they were', async () => {
    const target = await folderWith({ a: 'old' });
    const layer = thenThrows(tarOf(file('a', 'new'), file('d/b', 'new')), WRONG);
    await expect(unpack(target, [layer], { overwrite: true })).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
    expect(await contentsOf(target)).toEqual({ a: 'old' });
  });

  it('is read to its end, also after the end of its archive and when nothing of it is wanted', async () => {
    const layer = () => thenThrows(Buffer.concat([tarOf(file('a')), Buffer.alloc(50_000)]), WRONG);
    for (const options of [{}, { include: () => false }])
      await expect(unpack(await emptyFolder(), [layer()], {}, options)).rejects.toMatchObject({ code: WRONG.code });
  });

  it('closes its files', async () => {
    const before = await openHandles();
    const layer = thenThrows(rawEntry(file('a', Buffer.alloc(1_000_000))).subarray(0, 500_000), WRONG);
    await expect(unpack(await emptyFolder(), [layer])).rejects.toMatchObject({ code: WRONG.code });
    expect(await openHandles()).toBe(before);
  });

  it('takes back what earlier layers brought', async () => {
    const target = await emptyFolder();
    await expect(unpack(target, [tarOf(file('a', '1')), thenThrows(tarOf(file('b')), WRONG)])).rejects.toThrow();
    expect(await contentsOf(target)).toEqual({});
  });

  it('takes back what earlier layers replaced, and what was there', async () => {
    const target = await folderWith({ a: 'old', mine: 'mine' });
    const layers = [tarOf(file('a', '1'), file('b', '1')), thenThrows(tarOf(file('c', '2')), WRONG)];
    await expect(unpack(target, layers, { overwrite: true })).rejects.toMatchObject({ code: WRONG.code });
    expect(await contentsOf(target)).toEqual({ a: '1', mine: 'mine' });
  });
});

describe('a cancelled unpack', () => {
  it('leaves nothing', async () => {
    const target = await emptyFolder();
    const abort = new AbortController();
    async function* slow() {
      yield* inPieces(rawEntry(file('a', Buffer.alloc(1_000_000))).subarray(0, 600_000));
      abort.abort();
      yield* inPieces(Buffer.alloc(600_000));
    }
    await expect(unpack(target, [slow()], { signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await contentsOf(target)).toEqual({});
  });
});

describe('leftovers', () => {
  it('of dead processes go, those of living ones stay', async () => {
    const own = await thisOwner();
    const nameOf = (owner: Owner) => `.modelkit-tmp-${formatOwner(owner)}-0123456789ab`;
    const dead = nameOf({ ...own, pid: await deadProcess() });
    const living = nameOf(own);
    const elsewhere = nameOf({ ...own, host: '01234567', pid: await deadProcess() });
    const target = await folderWith({ [`${dead}/1`]: 'x', [`${living}/`]: '', [`${elsewhere}/`]: '' });
    await unpack(target, [tarOf(file('a'))]);
    expect(Object.keys(await contentsOf(target)).sort()).toEqual([`${elsewhere}/`, `${living}/`, 'a'].sort());
  });

  it('are none when nothing was to be done', async () => {
    const target = await emptyFolder();
    const extraction = into(target);
    expect(await extraction.finish()).toEqual({ files: 0, bytes: 0, skipped: 0 });
    await extraction.abort();
    expect(await contentsOf(target)).toEqual({});
  });
});

describe('a layer that says it is larger than the disk', () => {
  it('is refused before it is read', async () => {
    const huge = { ...file('a'), size: Buffer.from([0x80, 0, 0, 0, 0, 0x0f, 0, 0, 0, 0, 0, 0]) };
    const unpacking = unpack(await emptyFolder(), [rawEntry(huge)]);
    await expect(unpacking).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});

describe('a target that cannot be written', () => {
  it('is reported', async () => {
    const target = join(await emptyFolder(), 'gone');
    await expect(unpack(target, [tarOf(file('a'))])).rejects.toMatchObject({ code: 'IO_ERROR' });
    await expect(lstat(target)).rejects.toThrow();
  });
});

describe('a rehearsal', () => {
  it('finds what is in the way, and writes nothing', async () => {
    const target = await folderWith({ z: 'old' });
    const check = into(target).check(inPieces(tarOf(file('a'), file('z'))), layerLike());
    await expect(check).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    expect(await contentsOf(target)).toEqual({ z: 'old' });
  });

  it('does not stand in the way of the unpack', async () => {
    const target = await emptyFolder();
    const extraction = into(target);
    const tar = tarOf(folder('d'), file('d/a', 'x'));
    await extraction.check(inPieces(tar), layerLike());
    await extraction.layer(inPieces(tar), layerLike());
    expect(await extraction.finish()).toMatchObject({ files: 1 });
  });
});

describe('folders that were made for nothing', () => {
  it('go when the run is aborted', async () => {
    const target = await emptyFolder();
    const extraction = into(target);
    async function* blocking() {
      yield tarOf(folder('d'), folder('d/e'), file('z'));
      await mkdir(join(target, 'z'));
    }
    await expect(extraction.layer(blocking(), layerLike())).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    await extraction.abort();
    await rm(join(target, 'z'), { recursive: true });
    expect(await contentsOf(target)).toEqual({});
  });

  it('stay when somebody put something there', async () => {
    const target = await emptyFolder();
    const extraction = into(target);
    await extraction.layer(inPieces(tarOf(folder('d'))), layerLike());
    await writeFile(join(target, 'd/mine'), 'x');
    await extraction.abort();
    expect(await contentsOf(target)).toEqual({ 'd/': '/', 'd/mine': 'x' });
  });
});
