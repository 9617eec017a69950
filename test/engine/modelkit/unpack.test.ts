import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../engine/modelkit/call.ts';
import { manifestBytes } from '../../../engine/modelkit/manifestBytes.ts';
import { type PackResult, pack } from '../../../engine/modelkit/pack.ts';
import { push } from '../../../engine/modelkit/push.ts';
import { remove } from '../../../engine/modelkit/remove.ts';
import { type UnpackOptions, unpack } from '../../../engine/modelkit/unpack.ts';
import { descriptorOf, opener } from '../../support/blobs.ts';
import { openWorkbench, type Workbench } from '../../support/engine.ts';
import { startRegistry } from '../../support/registry.ts';

const FILES = {
  Kitfile: `manifestVersion: 1.0.0
package: {name: demo}
model: {name: m, path: model, parts: [{name: lora, path: adapter}]}
code: [{path: src}]
datasets: [{name: train, path: data/train.csv}, {name: eval, path: data/eval.csv}]
docs: [{path: README.md}]
configs: [{name: tuning, path: conf/tune.yaml}]
`,
  'model/w.bin': 'weights',
  'adapter/a.bin': 'adapter',
  'src/train.py': 'train()',
  'src/lib/util.py': 'util()',
  'src/notes.txt': 'notes',
  'data/train.csv': '1,2\n',
  'data/eval.csv': '3,4\n',
  'README.md': '# demo',
  'conf/tune.yaml': 'lr: 1',
};

let bench: Workbench;
let target: string;
let packed: PackResult;

beforeEach(async () => {
  bench = openWorkbench();
  target = join(bench.folder, 'out');
  packed = await pack(bench.engine, bench.project('p', FILES), { cliVersion: 'x', reference: 'demo:1' });
});

afterEach(async () => {
  await bench.close();
});

const out = (options: Partial<UnpackOptions> = {}, call = {}, reference = 'demo:1') =>
  unpack(bench.engine, reference, { folder: target, ...options }, call);
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
const blobPath = (digest: string) => join(bench.home, 'storage/blobs/sha256', digest.slice(7));

describe('an unpack', () => {
  it('writes everything, and says how much', async () => {
    const result = await out();
    expect(result).toMatchObject({ reference: 'demo:1', digest: packed.digest, files: 10, skipped: 0, parents: [] });
    expect(filesIn(target)).toEqual([...Object.keys(FILES)].sort());
  });

  it('reports each part in kit’s order', async () => {
    const events: EngineEvent[] = [];
    await out({}, { onEvent: (event: EngineEvent) => events.push(event) });
    const parts = events.flatMap((event) =>
      event.type === 'unpacking' ? [`${event.what} ${event.name ?? ''}`.trim()] : [],
    );
    expect(parts).toEqual([
      'config',
      'model m',
      'modelpart lora',
      'code',
      'code',
      'dataset train',
      'dataset eval',
      'docs',
    ]);
  });

  it('straight from a registry stores nothing', async () => {
    const registry = await startRegistry();
    await push(bench.engine, 'demo:1', `${registry.host}/team/demo:1`);
    await remove(bench.engine, 'demo:1', {});
    await out({}, {}, `${registry.host}/team/demo:1`);
    expect(filesIn(target)).toHaveLength(10);
    expect(readdirSync(join(bench.home, 'storage/blobs/sha256'))).toEqual([]);
    await registry.stop();
  });

  it('resolves a target that is a link once', async () => {
    mkdirSync(join(bench.folder, 'real'));
    symlinkSync('real', target);
    expect((await out()).folder).toBe(join(bench.folder, 'real'));
  });
});

describe('filters', () => {
  const MODEL = ['adapter/a.bin', 'model/w.bin'];
  it.each([
    [['model'], MODEL],
    [['model:lora'], ['adapter/a.bin']],
    [['model:model'], ['model/w.bin']],
    [['datasets:train,data/eval.csv'], ['data/eval.csv', 'data/train.csv']],
    [
      ['docs', 'kitfile'],
      ['Kitfile', 'README.md'],
    ],
    [['docs:./README.md'], []],
    [['code:src'], ['src/lib/util.py', 'src/notes.txt', 'src/train.py']],
    [['configs'], ['conf/tune.yaml']],
    [['configs:tuning'], ['conf/tune.yaml']],
    [['code:tuning'], ['conf/tune.yaml']],
    [['*.py,*.yaml'], ['conf/tune.yaml', 'src/lib/util.py', 'src/train.py']],
    [['src/*.py'], ['src/train.py']],
    [['**/*.{csv,bin}'], ['adapter/a.bin', 'data/eval.csv', 'data/train.csv', 'model/w.bin']],
    [
      ['*.csv', 'docs'],
      ['README.md', 'data/eval.csv', 'data/train.csv'],
    ],
    [['Kit*'], ['Kitfile']],
    [['datasets:nothing'], []],
  ])('%j', async (filters, expected) => {
    await out({ filters });
    expect(filesIn(target)).toEqual(expected);
  });

  it.each(['nope', 'Model', '', 'model,', 'model,*.py', 'model:a:b', ' model'])(
    '%j is refused in kit’s words',
    async (filter) => {
      await expect(out({ filters: [filter] })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringMatching(/^invalid filter/),
      });
      expect(readdirSync(bench.folder)).not.toContain('out');
    },
  );
});

describe('files that are there', () => {
  beforeEach(() => {
    mkdirSync(join(target, 'src'), { recursive: true });
    writeFileSync(join(target, 'src/notes.txt'), 'mine');
  });

  it('stop it before the first write', async () => {
    await expect(out()).rejects.toMatchObject({
      code: 'TARGET_EXISTS',
      message: expect.stringContaining('src/notes.txt'),
    });
    expect(filesIn(target)).toEqual(['src/notes.txt']);
    expect(readFileSync(join(target, 'src/notes.txt'), 'utf8')).toBe('mine');
  });

  it('are replaced by --overwrite', async () => {
    await out({ overwrite: true });
    expect(readFileSync(join(target, 'src/notes.txt'), 'utf8')).toBe('notes');
  });

  it('stay with --ignore-existing, and are counted', async () => {
    expect(await out({ ignoreExisting: true })).toMatchObject({ skipped: 1 });
    expect(readFileSync(join(target, 'src/notes.txt'), 'utf8')).toBe('mine');
  });

  it('do not matter where they are not wanted', async () => {
    expect(await out({ filters: ['docs'] })).toMatchObject({ files: 1 });
  });
});

describe('a Kitfile that is there', () => {
  it('and says the same is fine; another is not, even with --ignore-existing', async () => {
    await out({ filters: ['kitfile'] });
    await out({ filters: ['kitfile'] });
    writeFileSync(join(target, 'Kitfile'), 'manifestVersion: 1.0.0\n');
    await expect(out({ ignoreExisting: true })).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    expect(filesIn(target)).toEqual(['Kitfile']);
  });

  it('and was written by kit, which makes 1e+06 of a million, says the same', async () => {
    const files = { Kitfile: 'model: {path: w, parameters: {n: 1000000}}', w: '1' };
    await pack(bench.engine, bench.project('q', files), { cliVersion: 'x', reference: 'numbers:1' });
    await out({ filters: ['kitfile'] }, {}, 'numbers:1');
    const own = readFileSync(join(target, 'Kitfile'), 'utf8');
    writeFileSync(join(target, 'Kitfile'), own.replace('1000000', '1e+06'));
    expect(await out({ filters: ['kitfile'] }, {}, 'numbers:1')).toMatchObject({ files: 0 });
  });
});

describe('an unpack that cannot be', () => {
  it('of a damaged layer shows none of its files', async () => {
    const path = blobPath(packed.layers[0]?.digest ?? '');
    const bytes = readFileSync(path);
    bytes.write('WEIGHTS', bytes.indexOf('weights'));
    await remove(bench.engine, 'demo:1', {});
    const folder = bench.project('p', {});
    const again = await pack(bench.engine, folder, { cliVersion: 'x', reference: 'demo:1' });
    writeFileSync(blobPath(again.layers[0]?.digest ?? ''), bytes, { flag: 'r+' });
    await expect(out({ filters: ['model:m'] })).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
    expect(readdirSync(bench.folder)).not.toContain('out');
  });

  it('of a name that is not here says so', async () => {
    await expect(out({}, {}, 'nope:1')).rejects.toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      message: 'Could not find modelkit nope:1',
    });
  });

  it('of several tags is refused', async () => {
    await expect(out({}, {}, 'demo:1,2')).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });

  it('into a file is refused', async () => {
    writeFileSync(target, 'a file');
    await expect(out()).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    await expect(out({ folder: join(target, 'sub') })).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
  });

  it('that is cancelled leaves nothing', async () => {
    const abort = new AbortController();
    const onEvent = (event: EngineEvent) => {
      if (event.type === 'unpacking' && event.what === 'code') abort.abort();
    };
    await expect(out({}, { signal: abort.signal, onEvent })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(target)).toBe(false);
  });
});

describe('a kit whose model is another kit', () => {
  const child = `package: {name: child}
model: {path: "demo:1", parts: [{name: own, path: own}]}
code: [{path: run.py}]
`;

  beforeEach(async () => {
    const folder = bench.project('c', { Kitfile: child, 'run.py': 'run()', own: 'part' });
    await pack(bench.engine, folder, { cliVersion: 'x', reference: 'child:1' });
  });

  it('brings the model of that one, and nothing else of it', async () => {
    expect(await out({}, {}, 'child:1')).toMatchObject({ parents: ['demo:1'] });
    expect(filesIn(target)).toEqual(['Kitfile', 'adapter/a.bin', 'model/w.bin', 'own', 'run.py']);
    expect(readFileSync(join(target, 'Kitfile'), 'utf8')).toContain('name: child');
  });

  it.each([
    [['code'], ['run.py']],
    [['model'], ['adapter/a.bin', 'model/w.bin', 'own']],
    [['code,model:lora'], ['adapter/a.bin']],
    [['*.bin'], ['adapter/a.bin', 'model/w.bin']],
  ])('with the filters %j of both', async (filters, expected) => {
    await out({ filters }, {}, 'child:1');
    expect(filesIn(target)).toEqual(expected);
  });
});

describe('a kit from before 0.5, without digests', () => {
  it('is unpacked below the folder of each entry', async () => {
    const layer = packed.layers.find(({ path }) => path === 'README.md');
    const config = Buffer.from('{"manifestVersion":"1.0.0","package":{},"docs":[{"path":"docs/README.md"}]}');
    const configNode = descriptorOf(config, 'application/vnd.kitops.modelkit.config.v1+json');
    const layers = layer ? [layer] : [];
    const manifest = manifestBytes({ config: configNode, layers, cliVersion: '0.4.0' }, 'kit-1.7');
    const root = descriptorOf(manifest, 'application/vnd.oci.image.manifest.v1+json');
    const repository = bench.engine.store.repository('localhost/old');
    await repository.push(configNode, opener(config));
    await repository.push(root, opener(manifest));
    await repository.tag(root, '1');
    await out({}, {}, 'old:1');
    expect(filesIn(target)).toEqual(['Kitfile', 'docs/README.md']);
  });
});
