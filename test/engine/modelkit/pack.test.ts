import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../engine/modelkit/call.ts';
import { pack } from '../../../engine/modelkit/pack.ts';
import { openWorkbench, type Workbench } from '../../support/engine.ts';
import { blobNames, leftovers, listing } from '../../support/localHome.ts';

const KITFILE = `manifestVersion: 1.0.0
package: {name: demo, authors: [Ada]}
model: {name: m, path: model}
datasets: [{name: d, path: data.csv}]
`;
const FILES = { Kitfile: KITFILE, 'model/w.bin': 'weights', 'data.csv': 'a,b\n' };

let bench: Workbench;

beforeEach(() => {
  bench = openWorkbench();
});

afterEach(async () => {
  await bench.close();
});

const packed = (folder: string, options: Partial<Parameters<typeof pack>[2]> = {}, call = {}) =>
  pack(bench.engine, folder, { cliVersion: 'test/1', ...options }, call);
const manifestOf = (digest: string) =>
  JSON.parse(readFileSync(join(bench.home, 'storage/blobs/sha256', digest.slice(7)), 'utf8'));

describe('a pack', () => {
  it('says what it made', async () => {
    const result = await packed(bench.project('p', FILES), { reference: 'demo:1' });
    expect(result).toMatchObject({ reference: 'demo:1', tags: ['1'], size: 4608 });
    expect(result.layers.map(({ kind, name, path, existed }) => [kind, name, path, existed])).toEqual([
      ['model', 'm', 'model', false],
      ['dataset', 'd', 'data.csv', false],
    ]);
  });

  it('sets several tags at once', async () => {
    const { digest } = await packed(bench.project('p', FILES), { reference: 'reg.io/t/demo:1,latest' });
    expect(await listing(bench.home)).toEqual([`reg.io/t/demo ${digest.slice(7, 19)} 1,latest`]);
  });

  it('without a tag is called latest', async () => {
    expect(await packed(bench.project('p', FILES), { reference: 'demo' })).toMatchObject({ tags: ['latest'] });
  });

  it('without a name has none', async () => {
    const { reference, digest, tags } = await packed(bench.project('p', FILES));
    expect({ reference, tags }).toEqual({ reference: digest, tags: [] });
    expect(await listing(bench.home)).toEqual([`localhost/_ ${digest.slice(7, 19)}`]);
  });

  it('twice gives one digest, and finds everything there', async () => {
    const folder = bench.project('p', FILES);
    const first = await packed(folder, { reference: 'demo:1' });
    const second = await packed(folder, { reference: 'demo:2' });
    expect(second.digest).toBe(first.digest);
    expect(second.layers.every(({ existed }) => existed)).toBe(true);
  });

  it('reports each part in the order of the layers', async () => {
    const events: EngineEvent[] = [];
    await packed(bench.project('p', FILES), {}, { onEvent: (event: EngineEvent) => events.push(event) });
    const saved = events.flatMap((event) => (event.type === 'saved' ? [event.what] : []));
    expect(saved).toEqual(['model', 'dataset', 'config', 'manifest']);
    expect(events).toContainEqual({ type: 'progress', key: 'model/0', label: 'model model', done: 7, total: 7 });
  });

  it.each(['gzip', 'gzip-fastest'] as const)('with %s keeps the diffId', async (compression) => {
    const folder = bench.project('p', FILES);
    const plain = await packed(folder);
    const small = await packed(folder, { compression });
    expect(small.layers.map(({ diffId }) => diffId)).toEqual(plain.layers.map(({ digest }) => digest));
    expect(small.layers[0]?.mediaType).toMatch(/\.model\.v1\.tar\+gzip$/);
  });

  it('writes the shape of newer kits, and a date only when asked', async () => {
    const folder = bench.project('p', FILES);
    const { artifactType, layers, annotations } = manifestOf((await packed(folder)).digest);
    expect(artifactType).toBe('application/vnd.kitops.modelkit.manifest.v1+json');
    expect(layers[1].annotations).toEqual({ 'org.cncf.model.filepath': 'data.csv' });
    expect(annotations).toEqual({ 'ml.kitops.modelkit.cli-version': 'test/1' });
    const dated = await packed(folder, { sourceDateEpoch: '315532800' });
    expect(manifestOf(dated.digest).annotations['org.opencontainers.image.created']).toBe('1980-01-01T00:00:00Z');
  });

  it('reads another Kitfile, relative to the folder, or a text', async () => {
    const folder = bench.project('p', { 'data.csv': 'x', 'sub/My.kitfile': 'datasets: [{path: data.csv}]' });
    const { configDigest } = await packed(folder, { kitfile: 'sub/My.kitfile' });
    const text = Buffer.from('datasets: [{path: data.csv}]');
    expect(await packed(folder, { kitfile: { text } })).toMatchObject({ configDigest });
  });

  it('keeps what the dialect says in annotations of the layer', async () => {
    const folder = bench.project('p', {
      Kitfile: 'model: {name: m, path: w}\nconfigs: [{name: train, path: t.yaml}]',
      w: '1',
      't.yaml': 'a: 1',
    });
    const { layers } = manifestOf((await packed(folder)).digest);
    expect(layers[1].annotations).toEqual({
      'org.cncf.model.filepath': 't.yaml',
      'vnd.modelkit.name': 'train',
      'vnd.modelkit.section': 'config',
    });
  });

  it('packs an MCP bundle as it is', async () => {
    const zip = execZip();
    const folder = bench.project('p', { Kitfile: 'mcpServers: [{name: s, path: s.mcpb}]', 's.mcpb': zip });
    const { layers } = await packed(folder);
    expect(layers[0]).toMatchObject({ mediaType: 'application/vnd.kitops.modelkit.mcpb.v1.raw', size: zip.length });
    expect(layers[0]?.diffId).toBe(layers[0]?.digest);
  });
});

/** The smallest archive with a `manifest.json` at its root: one stored entry of no bytes. */
function execZip(): string {
  const name = 'manifest.json';
  const fixed = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, name.length, 0, 0, 0];
  const local = Buffer.from([0x50, 0x4b, 3, 4, ...fixed]);
  const central = Buffer.from([0x50, 0x4b, 1, 2, 20, 0, ...fixed, ...Array<number>(14).fill(0)]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length, 16);
  return Buffer.concat([local, Buffer.from(name), central, Buffer.from(name), end]).toString('latin1');
}

describe('a pack that cannot be', () => {
  it.each([
    ['no Kitfile', {}, 'KITFILE_NOT_FOUND'],
    ['one that is no YAML', { Kitfile: 'a: [' }, 'KITFILE_SYNTAX'],
    ['a missing file', { Kitfile: 'model: {path: w}' }, 'PATH_NOT_FOUND'],
    ['a path outside', { Kitfile: 'model: {path: ../w}' }, 'PATH_OUTSIDE'],
    ['a broken ignore file', { Kitfile: 'code: [{path: a}]', a: '', '.kitignore': '[' }, 'KITIGNORE_SYNTAX'],
    [
      'a config that nobody could pull',
      { Kitfile: `package: {description: "${'é'.repeat(2_200_000)}"}` },
      'METADATA_TOO_LARGE',
    ],
  ])('with %s is refused, and stores nothing', async (_, files, code) => {
    await expect(packed(bench.project('p', files))).rejects.toMatchObject({ code });
    expect(existsSync(join(bench.home, 'storage/index.json')) ? await listing(bench.home) : []).toEqual([]);
    expect(existsSync(join(bench.home, 'storage/blobs')) ? blobNames(bench.home) : []).toEqual([]);
  });

  it('of a folder that is not there says so', async () => {
    await expect(packed(join(bench.folder, 'nope'))).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
  });

  it('of a layer that holds the store is refused: it would pack itself', async () => {
    const folder = bench.project('.', { Kitfile: 'code: [{path: .}]' });
    await expect(packed(folder)).rejects.toMatchObject({ code: 'PATH_UNSUPPORTED' });
  });

  it('in strict mode refuses the dialect', async () => {
    const folder = bench.project('p', { Kitfile: 'model: [{name: m, path: w}]', w: '1' });
    await expect(packed(folder, { strict: true })).rejects.toMatchObject({ code: 'KITFILE_SCHEMA' });
  });

  it.each(['12.5', 'now'])('with the date %s is refused', async (sourceDateEpoch) => {
    await expect(packed(bench.project('p', FILES), { sourceDateEpoch })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

describe('a pack that ends half-way leaves the store as it was', () => {
  const onSaved = (what: string, act: () => void) => ({
    onEvent: (event: EngineEvent) => {
      if (event.type === 'saved' && event.what === what) act();
    },
  });

  it.each(['model', 'dataset', 'config'])('cancelled after the %s', async (what) => {
    await packed(bench.project('other', { Kitfile: 'code: [{path: a}]', a: '1' }), { reference: 'other:1' });
    const before = { list: await listing(bench.home), blobs: blobNames(bench.home) };
    const abort = new AbortController();
    const call = { ...onSaved(what, () => abort.abort()), signal: abort.signal };
    await expect(packed(bench.project('p', FILES), { reference: 'demo:1' }, call)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect({ list: await listing(bench.home), blobs: blobNames(bench.home) }).toEqual(before);
    expect(leftovers(bench.home)).toEqual([]);
  });

  it('keeps the blobs that another kit has', async () => {
    await packed(bench.project('p', FILES), { reference: 'demo:1' });
    const before = blobNames(bench.home);
    const abort = new AbortController();
    const call = { ...onSaved('config', () => abort.abort()), signal: abort.signal };
    const other = bench.project('q', { ...FILES, Kitfile: `${KITFILE}docs: [{path: r}]`, r: 'read me' });
    await expect(packed(other, {}, call)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(blobNames(bench.home)).toEqual(before);
  });

  it('because a file changed', async () => {
    const folder = bench.project('p', {
      ...FILES,
      'model/w.bin': { type: 'file', text: 'w'.repeat(1000), repeat: 3000 },
    });
    let changed = false;
    const onEvent = (event: EngineEvent) => {
      if (changed || event.type !== 'progress' || event.key !== 'model/0') return;
      changed = true;
      appendFileSync(join(folder, 'model/w.bin'), 'more');
    };
    await expect(packed(folder, { reference: 'demo:1' }, { onEvent })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect(await listing(bench.home)).toEqual([]);
    expect(blobNames(bench.home)).toEqual([]);
  });
});

describe('a pack while something else removes blobs', () => {
  it('makes again what was there and is gone', async () => {
    const folder = bench.project('p', FILES);
    const first = await packed(folder);
    const lost = join(bench.home, 'storage/blobs/sha256', first.layers[0]?.digest.slice(7) ?? '');
    let taken = false;
    const onEvent = (event: EngineEvent) => {
      if (taken || event.type !== 'saved' || event.what !== 'config') return;
      taken = true;
      chmodSync(lost, 0o600);
      renameSync(lost, join(bench.folder, 'taken'));
    };
    expect(await packed(folder, { reference: 'demo:2' }, { onEvent })).toMatchObject({ digest: first.digest });
    expect(existsSync(lost)).toBe(true);
  });
});

describe('a pack onto a parent', () => {
  const child = (parent: string) => ({
    Kitfile: `package: {name: child}\nmodel: {path: "${parent}"}\ncode: [{path: .}]`,
    'run.py': 'print()',
    'model/w.bin': 'mine',
  });

  it('leaves out what the parent owns', async () => {
    await packed(bench.project('p', FILES), { reference: 'base:1' });
    const { layers } = await packed(bench.project('c', child('base:1')), { reference: 'child:1' });
    expect(layers.map(({ path }) => path)).toEqual(['.']);
    const tar = readFileSync(join(bench.home, 'storage/blobs/sha256', layers[0]?.digest.slice(7) ?? ''), 'latin1');
    expect(tar).toContain('run.py');
    expect(tar).not.toContain('w.bin');
  });

  it('that is missing is refused', async () => {
    await expect(packed(bench.project('c', child('base:1')))).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('that refers to itself is refused, however it is spelt', async () => {
    await packed(bench.project('p', FILES), { reference: 'a:1,same' });
    await packed(bench.project('b', child('a:1')), { reference: 'b:1,same' });
    await expect(packed(bench.project('c', child('b:same')), { reference: 'a:1' })).rejects.toMatchObject({
      code: 'REFERENCE_CHAIN',
      message: 'Found cycle in modelkit references: [a:1=>b:same=>a:1]',
    });
  });

  it('ten deep packs, eleven is refused', async () => {
    await packed(bench.project('k0', FILES), { reference: 'k0:1' });
    for (let depth = 1; depth <= 10; depth += 1)
      await packed(bench.project(`k${depth}`, { Kitfile: `model: {path: "k${depth - 1}:1"}` }), {
        reference: `k${depth}:1`,
      });
    await expect(
      packed(bench.project('k11', { Kitfile: 'model: {path: "k10:1"}' }), { reference: 'k11:1' }),
    ).rejects.toMatchObject({
      code: 'REFERENCE_CHAIN',
      message: expect.stringContaining('reached maximum number of model references'),
    });
  });

  it('needs no folder of the store to be made before it is refused', async () => {
    await expect(packed(bench.project('p', { Kitfile: 'nope: 1' }))).rejects.toMatchObject({ code: 'KITFILE_SCHEMA' });
    expect(readdirSync(bench.folder)).toEqual(['p']);
  });
});
