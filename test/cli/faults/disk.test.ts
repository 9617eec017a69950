import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noise } from '../../support/blobs.ts';
import { makeReadOnly, mountSmallDisk } from '../../support/disks.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { expectRefusal, faultBench, snapshot, storeState } from './faultBench.ts';

const faults = faultBench();
let registry: TestRegistry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(async () => {
  await registry.stop();
});

const large = () => faults.project('large', { Kitfile: 'model: {path: w}\n', w: noise(1_500_000).toString('latin1') });
const reference = () => `${registry.host}/team/demo:1`;
const on = (home: string) => ({ env: { KITOPS_HOME: home } });

/** A kit in the registry that is larger than a disk of 1 MiB. */
async function publishLarge(): Promise<void> {
  await faults.kit(['pack', large(), '-t', reference(), '--push', '--plain-http']);
  await faults.kit(['remove', reference()]);
}

/** A store on a disk of 1 MiB, with one kit in it. */
async function smallStore(): Promise<string> {
  const home = join(mountSmallDisk('size=1m'), 'home');
  await faults.kit(
    ['pack', faults.project('small', { Kitfile: 'model: {path: w}\n', w: 'w' }), '-t', 'small:1'],
    on(home),
  );
  return home;
}

describe('when the disk of the store is full', () => {
  it.each([
    ['before the first byte', 'none', /1\.\d+ MiB|2\.\d+ MiB/],
    ['in the middle of a layer', 'gzip', /ENOSPC/],
  ])('pack stops %s and leaves the store as it was', async (_, compression, says) => {
    const home = await smallStore();
    const before = await storeState(home);
    const ran = await faults.kit(['pack', large(), '-t', 'large:1', '--compression', compression], on(home));
    expectRefusal(ran, 'DISK_FULL', says);
    expect(await storeState(home)).toEqual(before);
  });

  it('pull stops and leaves the store as it was', async () => {
    await publishLarge();
    const home = await smallStore();
    const before = await storeState(home);
    expectRefusal(await faults.kit(['pull', reference(), '--plain-http'], on(home)), 'DISK_FULL');
    expect(await storeState(home)).toEqual(before);
  });

  it('remove makes room', async () => {
    const home = await smallStore();
    const disk = join(home, '..');
    expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');
    expect(await faults.kit(['remove', 'small:1'], on(home))).toMatchObject({ exit: 0, stderr: '' });
    expect(await storeState(home)).toMatchObject({ kits: [], blobs: [], leftovers: [] });
  });
});

describe('when the disk of the target is full', () => {
  it('unpack stops before the file that does not fit, from the store and from the registry', async () => {
    await publishLarge();
    const target = mountSmallDisk('size=1m');
    writeFileSync(join(target, 'mine.txt'), 'mine');
    const before = snapshot(target);
    expectRefusal(await faults.kit(['unpack', reference(), '-d', target, '--plain-http']), 'DISK_FULL');
    expect(snapshot(target)).toEqual(before);
    await faults.kit(['pull', reference(), '--plain-http']);
    expectRefusal(await faults.kit(['unpack', reference(), '-d', join(target, 'new')]), 'DISK_FULL');
    expect(snapshot(target)).toEqual(before);
  });

  it('unpack takes back its files when the disk takes no more of them', async () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`data/${at}.csv`, String(at)]));
    await faults.kit([
      'pack',
      faults.project('many', { Kitfile: 'datasets: [{path: data}]\n', ...files }),
      '-t',
      'many:1',
    ]);
    const target = mountSmallDisk('nr_inodes=30');
    expectRefusal(await faults.kit(['unpack', 'many:1', '-d', target]), 'DISK_FULL', /ENOSPC/);
    expect(Object.keys(snapshot(target) ?? {})).toEqual([]);
  });
});

describe('when the store is read-only', () => {
  async function readOnlyStore(): Promise<string> {
    const disk = mountSmallDisk('size=2m');
    const home = join(disk, 'home');
    await faults.kit(['pack', faults.project(), '-t', reference()], on(home));
    makeReadOnly(disk);
    return home;
  }

  it.each([['list'], ['info', 'REF'], ['inspect', 'REF'], ['layers', 'REF'], ['push', 'REF', '--plain-http']])(
    '%s works',
    async (...args) => {
      const home = await readOnlyStore();
      const words = args.map((word) => (word === 'REF' ? reference() : word));
      expect(await faults.kit(words, on(home))).toMatchObject({ exit: 0, stderr: '' });
    },
  );

  it('unpack works', async () => {
    const home = await readOnlyStore();
    expect(await faults.kit(['unpack', reference(), '-d', faults.path('out')], on(home))).toMatchObject({ exit: 0 });
    expect(readdirSync(faults.path('out')).sort()).toEqual(['Kitfile', 'model', 'run.py']);
  });

  it.each([
    ['pack', 'PROJECT', '-t', 'new:1'],
    ['tag', 'REF', 'new:1'],
    ['remove', 'REF'],
  ])('%s says why it cannot', async (...args) => {
    const home = await readOnlyStore();
    const before = snapshot(home);
    const words = args.map((word) => ({ REF: reference(), PROJECT: faults.path('project') })[word] ?? word);
    expectRefusal(await faults.kit(words, on(home)), 'PERMISSION_DENIED', /EROFS/);
    expect(snapshot(home)).toEqual(before);
  });

  it('pull says why it cannot', async () => {
    await publishLarge();
    const home = await readOnlyStore();
    const before = snapshot(home);
    expectRefusal(await faults.kit(['pull', reference(), '--plain-http'], on(home)), 'PERMISSION_DENIED', /EROFS/);
    expect(snapshot(home)).toEqual(before);
  });

  it('a store that was not yet there is not made', async () => {
    const disk = mountSmallDisk('size=1m');
    makeReadOnly(disk);
    const home = join(disk, 'home');
    expectRefusal(await faults.kit(['pack', faults.project(), '-t', 'new:1'], on(home)), 'PERMISSION_DENIED');
    expect(readdirSync(disk)).toEqual([]);
  });
});

describe('when the target of an unpack', () => {
  beforeEach(async () => {
    await faults.kit(['pack', faults.project(), '-t', 'demo:1']);
  });

  it('is read-only, it says so', async () => {
    const target = mountSmallDisk('size=1m');
    makeReadOnly(target);
    expectRefusal(await faults.kit(['unpack', 'demo:1', '-d', target]), 'PERMISSION_DENIED', /EROFS/);
    expectRefusal(await faults.kit(['unpack', 'demo:1', '-d', join(target, 'new')]), 'PERMISSION_DENIED');
    expect(readdirSync(target)).toEqual([]);
  });

  it.each(['file', 'file/below'])('is %s, it says so and leaves the file', async (name) => {
    writeFileSync(faults.path('file'), 'mine');
    expectRefusal(await faults.kit(['unpack', 'demo:1', '-d', faults.path(name)]), 'TARGET_EXISTS', /is no folder/);
    expect(snapshot(faults.path('.'))?.file).toBeDefined();
  });

  it('holds another file of the same name, nothing is written', async () => {
    mkdirSync(faults.path('out/model'), { recursive: true });
    writeFileSync(faults.path('out/model/w.bin'), 'mine');
    const before = snapshot(faults.path('out'));
    expectRefusal(await faults.kit(['unpack', 'demo:1', '-d', faults.path('out')]), 'TARGET_EXISTS', /model\/w\.bin/);
    expect(snapshot(faults.path('out'))).toEqual(before);
  });
});

describe('when a folder to pack', () => {
  it('is on a disk that is read-only, it packs all the same', async () => {
    const disk = mountSmallDisk('size=1m');
    cpSync(faults.project(), disk, { recursive: true });
    makeReadOnly(disk);
    rmSync(faults.path('project'), { recursive: true });
    expect(await faults.kit(['pack', disk, '-t', 'demo:1'])).toMatchObject({ exit: 0, stderr: '' });
  });
});
