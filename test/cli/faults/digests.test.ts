import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { expectRefusal, faultBench, PROJECT, snapshot, storeState } from './faultBench.ts';

const faults = faultBench();
let registry: TestRegistry;
let reference: string;
let digest: string;

beforeEach(async () => {
  registry = await startRegistry();
  reference = `${registry.host}/team/demo:1`;
});

afterEach(async () => {
  await registry.stop();
});

async function pack(compression = 'none'): Promise<void> {
  await faults.kit(['pack', faults.project(), '-t', reference, '--compression', compression]);
  [{ digest }] = JSON.parse((await faults.kit(['layers', reference, '--json'])).stdout);
}

const blobPath = () => join(faults.home, 'storage/blobs/sha256', digest.slice(7));

/** As a failing disk leaves it: right size, wrong bytes. @param at the first of them */
function damage(at: number): void {
  const bytes = readFileSync(blobPath());
  writeFileSync(blobPath(), bytes.fill(0x58, at, at + 3));
}

const unpack = (...flags: string[]) =>
  faults.kit(['unpack', reference, '-d', faults.path('out'), '--plain-http', ...flags]);

describe('a layer in the local store whose bytes do not match its digest', () => {
  it.each(['none', 'gzip'])('is not pushed (%s)', async (compression) => {
    await pack(compression);
    damage(100_000);
    expectRefusal(await faults.kit(['push', reference, '--plain-http']), 'BLOB_DIGEST_MISMATCH', digest);
    expect(registry.repositories.tags('team/demo') ?? []).toEqual([]);
    expect(registry.repositories.hasBlob('team/demo', digest)).toBe(false);
  });

  it.each([
    ['in the content', 'none', 100_000],
    ['in the head of the archive', 'none', 10],
    ['in the head of the compressed data', 'gzip', 0],
    ['in the middle of the compressed data', 'gzip', 100_000],
  ])('is not unpacked: %s (%s)', async (_, compression, at) => {
    await pack(compression);
    damage(at);
    expectRefusal(await unpack(), 'BLOB_DIGEST_MISMATCH', digest);
    expect(snapshot(faults.path('out'))).toBeUndefined();
  });

  it('is not unpacked over files that are there', async () => {
    await pack();
    damage(10);
    faults.bench.project('out', { 'run.py': 'mine' });
    const before = snapshot(faults.path('out'));
    expectRefusal(await unpack('--overwrite'), 'BLOB_DIGEST_MISMATCH', digest);
    expect(snapshot(faults.path('out'))).toEqual(before);
  });

  it('is replaced by packing again', async () => {
    await pack();
    damage(100_000);
    const { stdout } = await faults.kit(['pack', faults.path('project'), '-t', reference]);
    expect(stdout).toContain(`Saved model layer: ${digest}`);
    expect(await unpack()).toMatchObject({ exit: 0 });
  });

  it('is replaced by pulling again', async () => {
    await pack();
    await faults.kit(['push', reference, '--plain-http']);
    damage(100_000);
    expect(await faults.kit(['pull', reference, '--plain-http'])).toMatchObject({ exit: 0, stderr: '' });
    expect(await unpack()).toMatchObject({ exit: 0 });
    expect(readFileSync(join(faults.path('out'), 'model/w.bin'), 'utf8')).toBe(PROJECT['model/w.bin']);
  });

  it('of no length is as bad', async () => {
    await pack();
    writeFileSync(blobPath(), '');
    expectRefusal(await faults.kit(['push', reference, '--plain-http']), 'BLOB_SIZE_MISMATCH', digest);
    expectRefusal(await unpack(), 'BLOB_SIZE_MISMATCH', digest);
    expect(snapshot(faults.path('out'))).toBeUndefined();
  });
});

describe('a layer from the registry whose bytes do not match its digest', () => {
  const spoilt = (times: number) =>
    registry.fail({ method: 'GET', path: new RegExp(digest), fault: { corrupt: true }, times });

  async function publish(compression = 'none'): Promise<void> {
    await pack(compression);
    await faults.kit(['push', reference, '--plain-http']);
    await faults.kit(['remove', reference]);
  }

  it.each(['none', 'gzip'])('is not pulled (%s)', async (compression) => {
    await publish(compression);
    spoilt(99);
    expectRefusal(await faults.kit(['pull', reference, '--plain-http']), 'BLOB_DIGEST_MISMATCH', digest);
    expect(await storeState(faults.home)).toEqual({ kits: [], blobs: [], leftovers: [] });
  });

  it.each(['none', 'gzip'])('is not unpacked (%s)', async (compression) => {
    await publish(compression);
    spoilt(99);
    expectRefusal(await unpack(), 'BLOB_DIGEST_MISMATCH', digest);
    expect(snapshot(faults.path('out'))).toBeUndefined();
  });

  it.each([
    ['pull', () => faults.kit(['pull', reference, '--plain-http'])],
    ['unpack', () => unpack()],
  ])('once is asked for again by %s', async (_, verb) => {
    await publish();
    spoilt(1);
    expect(await verb()).toMatchObject({ exit: 0 });
  });
});
