import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkKitfile } from '../../../engine/modelkit/check.ts';
import { cpuTime } from '../../support/cpuTime.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(path: string, content: string | Uint8Array = 'x'): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** What is found besides the missing version, as `severity CODE rule "marked text"`. */
async function found(text: string, options: { readonly home?: string } = {}): Promise<readonly string[]> {
  const { problems } = await checkKitfile(text, folder, options);
  return problems
    .filter(({ rule }) => rule !== 'manifest-version-missing')
    .map(({ severity, code, rule, range }) => `${severity} ${code} ${rule} "${text.slice(range.start, range.end)}"`);
}

/** The smallest ZIP: one stored entry without content. */
function zip(name: string): Buffer {
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Its directory is said to be larger than any file. */
function lyingZip(): Buffer {
  const bytes = zip('manifest.json');
  bytes.writeUInt32LE(0xffffffff, bytes.length - 10);
  return bytes;
}

describe('a Kitfile whose files are all there', () => {
  it('has nothing to say', async () => {
    await file('m/a.bin');
    await file('src/x.py');
    expect(await found('model: {path: ./m/}\ncode: [{path: src}]')).toEqual([]);
  });

  it('is not looked at on disk where there is none', async () => {
    const { problems } = await checkKitfile('manifestVersion: 1.0.0\ncode: [{path: none}]', undefined, {});
    expect(problems).toEqual([]);
  });
});

describe('a path', () => {
  it('that does not exist is refused at its place', async () => {
    expect(await found('code: [{description: d, path: none}]')).toEqual(['error PATH_NOT_FOUND path-missing "none"']);
  });

  it('that the disk spells otherwise brings that spelling', async () => {
    await file('Data/Train.csv');
    const { problems } = await checkKitfile('datasets: [{path: Data/train.csv}]', folder, {});
    const problem = problems.find(({ rule }) => rule === 'path-missing');
    expect(problem?.data?.suggestion).toBe('Data/Train.csv');
  });

  it('that DVC keeps says how to get it', async () => {
    await file('model.bin.dvc');
    const { problems } = await checkKitfile('model: {path: model.bin}', folder, {});
    expect(problems.at(-1)?.message).toMatch(/DVC tracks it: run "dvc pull" first\.$/);
  });

  it('that is a link, or goes through one, is refused', async () => {
    await file('real/a.bin');
    await symlink('real', join(folder, 'link'));
    expect(await found('model: {path: link}\ncode: [{path: link/a.bin}]')).toEqual([
      'error PATH_UNSUPPORTED path-unsupported "link"',
      'information PORTABILITY nested-path "link/a.bin"',
      'error PATH_UNSUPPORTED path-unsupported "link/a.bin"',
    ]);
  });

  it('to a folder of nothing but links is refused', async () => {
    await file('blobs/a');
    await mkdir(join(folder, 'snapshot'));
    await symlink('../blobs/a', join(folder, 'snapshot/model.bin'));
    expect(await found('model: {path: snapshot}')).toEqual(['error PATH_UNSUPPORTED only-links "snapshot"']);
  });

  it('to a folder of folders of nothing but links is refused', async () => {
    await file('blobs/a');
    await mkdir(join(folder, 'snapshots/1'), { recursive: true });
    await symlink('../../blobs/a', join(folder, 'snapshots/1/model.bin'));
    expect(await found('model: {path: snapshots}')).toEqual(['error PATH_UNSUPPORTED only-links "snapshots"']);
  });

  it('to a folder with a name that kit cannot unpack is refused', async () => {
    await file('m/deep/a..b');
    expect(await found('model: {path: m}')).toEqual(['error PATH_UNSUPPORTED path-dots "m"']);
    await file('.kitignore', 'm/deep\n');
    expect(await found('model: {path: m}')).toEqual([]);
  });

  it('to a folder of 20,000 files is checked without a look at them all', async () => {
    await mkdir(join(folder, 'many'));
    for (let at = 0; at < 20_000; at += 1) writeFileSync(join(folder, 'many', `${at}`), '');
    await file('many/zz/a..b');
    expect(await cpuTime(() => checkKitfile('model: {path: many}', folder, {}))).toBeLessThan(1000);
  });

  it('to a folder called Kitfile is refused', async () => {
    await file('Kitfile/a');
    expect(await found('code: [{path: Kitfile}]')).toContain('error PATH_UNSUPPORTED path-unsupported "Kitfile"');
  });

  it('outside is said to be wrong once, whatever is there', async () => {
    expect(await found('code: [{path: ../x}, {path: /y}]')).toEqual([
      'error PATH_OUTSIDE path-outside "../x"',
      'error PATH_OUTSIDE path-absolute "/y"',
    ]);
  });

  it('that is there twice is looked for all the same', async () => {
    expect(await found('code: [{path: a}, {path: a}]')).toEqual([
      'error PATH_NOT_FOUND path-missing "a"',
      'error KITFILE_RULE duplicate-path "a"',
      'error PATH_NOT_FOUND path-missing "a"',
    ]);
  });

  it('of the dialect is looked for too', async () => {
    expect(await found('configs: [{path: none}]')).toContain('error PATH_NOT_FOUND path-missing "none"');
  });

  it('of an entry without one is the folder itself', async () => {
    await file('a');
    expect(await found('docs: [{description: d}]')).toEqual([]);
  });
});

describe('a Kitfile of 1,250 data sets', () => {
  const text = Array.from({ length: 1250 }, (_, at) => `  - {name: set ${at}, path: data/${at}.csv, license: MIT}\n`);
  const many = `manifestVersion: 1.0.0\ndatasets:\n${text.join('')}`;
  const inFolder = async (names: (at: number) => string) => {
    await mkdir(join(folder, 'data'));
    for (let at = 0; at < 1250; at += 1) await writeFile(join(folder, 'data', names(at)), '');
  };

  it('whose files are all there is checked at once', async () => {
    await inFolder((at) => `${at}.csv`);
    expect(await cpuTime(() => checkKitfile(many, folder, {}))).toBeLessThan(1000);
    expect((await checkKitfile(many, folder, {})).problems).toEqual([]);
  });

  it('whose files are all missing from a full folder is checked at once', async () => {
    await inFolder((at) => `${at}.tsv`);
    expect(await cpuTime(() => checkKitfile(many, folder, {}))).toBeLessThan(1000);
    expect((await checkKitfile(many, folder, {})).problems).toHaveLength(1250);
  });

  it('lets others work meanwhile', async () => {
    await inFolder((at) => `${at}.tsv`);
    const ticks: number[] = [];
    const timer = setInterval(() => ticks.push(performance.now()), 1);
    await checkKitfile(many, folder, {});
    clearInterval(timer);
    expect(ticks.length).toBeGreaterThan(1);
  });
});

describe('the folder of the Kitfile', () => {
  it('may be a link itself', async () => {
    await file('real/a');
    await symlink('real', join(folder, 'link'));
    const { problems } = await checkKitfile('manifestVersion: 1.0.0\ncode: [{path: a}]', join(folder, 'link'), {});
    expect(problems).toEqual([]);
  });

  it('that is gone has none of the paths', async () => {
    const { problems } = await checkKitfile('manifestVersion: 1.0.0\ncode: [{path: a}]', join(folder, 'no'), {});
    expect(problems.map(({ rule }) => rule)).toEqual(['path-missing']);
  });
});

describe('the ignore file', () => {
  it('that leaves a layer out brings a warning', async () => {
    await file('data/a');
    await file('.kitignore', 'data\n');
    expect(await found('datasets: [{path: ./data}]')).toEqual(['warning LAYER_EMPTY path-ignored "./data"']);
  });

  it('that cannot be used is refused', async () => {
    await file('a');
    await file('.kitignore', 'ok\n[\n');
    const { problems } = await checkKitfile('manifestVersion: 1.0.0\ncode: [{path: a}]', folder, {});
    expect(problems[0]).toMatchObject({ code: 'KITIGNORE_SYNTAX', rule: 'kitignore', severity: 'error' });
    expect(problems[0]?.message).toContain('.kitignore:2');
  });
});

describe('a layer that holds the local store', () => {
  const inside = () => ({ home: join(folder, 'a/store') });
  beforeEach(() => file('a/store/storage/index.json'));

  it.each(['.', 'a', 'a/store', 'a/store/storage'])('at %s is refused', async (path) => {
    expect(await found(`code: [{path: ${path}}]`, inside())).toEqual([`error PATH_UNSUPPORTED covers-store "${path}"`]);
  });

  it('is taken when the store is ignored', async () => {
    await file('.kitignore', 'a/store\n');
    expect(await found('code: [{path: a}]', inside())).toEqual([]);
  });

  it('is not one that only has a name alike, or where the store is elsewhere', async () => {
    await file('a/store2/x');
    expect(await found('code: [{path: a/store2}]', inside())).toEqual([]);
    expect(await found('code: [{path: a}]', { home: join(folder, 'none') })).toEqual([]);
  });
});

describe('the bundle of an MCP server', () => {
  it.each([
    ['a ZIP with a manifest', zip('manifest.json'), []],
    ['a ZIP without one', zip('other.json'), ['error KITFILE_RULE mcp-bundle "s.mcpb"']],
    ['a manifest deeper down', zip('x/manifest.json'), ['error KITFILE_RULE mcp-bundle "s.mcpb"']],
    ['no ZIP', Buffer.from('text'), ['error KITFILE_RULE mcp-bundle "s.mcpb"']],
    ['an empty file', Buffer.alloc(0), ['error KITFILE_RULE mcp-bundle "s.mcpb"']],
    ['an end that lies', lyingZip(), ['error KITFILE_RULE mcp-bundle "s.mcpb"']],
  ])('that is %s', async (_, content, expected) => {
    await file('s.mcpb', content);
    expect(await found('mcpServers: [{name: s, path: s.mcpb}]')).toEqual(expected);
  });
});

describe('a check that is cancelled', () => {
  it('stops', async () => {
    const call = { signal: AbortSignal.abort() };
    await expect(checkKitfile('code: [{path: a}]', folder, {}, call)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
