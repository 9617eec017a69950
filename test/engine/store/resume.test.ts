import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/errors.ts';
import type { LocalRepository } from '../../../engine/store/localRepository.ts';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { formatOwner, thisOwner } from '../../../engine/store/owner.ts';
import type { OpenContent } from '../../../engine/store/store.ts';
import { descriptorOf, noise, opener } from '../../support/blobs.ts';
import { deadProcess } from '../../support/deadProcess.ts';
import { failingDisk } from '../../support/faultyDisk.ts';
import { leftovers, temporaryHome } from '../../support/localHome.ts';

const bytes = noise(5_000_000);
const node = descriptorOf(bytes);
const hex = node.digest.slice(7);

let home: string;
let repository: LocalRepository;
let offsets: number[];
beforeEach(async () => {
  home = temporaryHome();
  const store = new LocalStore(home);
  await store.prepareForWriting();
  repository = store.repository('localhost/m');
  offsets = [];
});

/** Content that breaks off after so many bytes. */
const breaking =
  (after: number, error: Error): OpenContent =>
  async (offset) => {
    offsets.push(offset);
    return (async function* () {
      yield bytes.subarray(offset, after);
      throw error;
    })();
  };
const lost = new EngineError('NETWORK_UNREACHABLE', 'The connection was lost.');

const whole: OpenContent = (offset) => {
  offsets.push(offset);
  return opener(bytes, 100_000)(offset);
};
const partial = (name: string) => join(home, 'storage', name);
const stored = () => readFileSync(join(home, 'storage/blobs/sha256', hex)).equals(bytes);

describe('a download that loses its connection', () => {
  it('goes on where it stopped', async () => {
    await expect(repository.push(node, breaking(3_000_000, lost))).rejects.toThrow(lost);
    expect(leftovers(home)).toEqual([`storage/.modelkit-partial-${hex}`]);
    const seen: number[] = [];
    await repository.push(node, whole, { onBytes: (done) => seen.push(done) });
    expect(offsets).toEqual([0, 3_000_000]);
    expect(seen[0]).toBeGreaterThan(3_000_000);
    expect(stored()).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it('leaves nothing when little had arrived', async () => {
    await expect(repository.push(node, breaking(1000, lost))).rejects.toThrow(lost);
    expect(leftovers(home)).toEqual([]);
  });

  it('leaves what arrived when the body was too short', async () => {
    const short: OpenContent = (offset) => opener(bytes.subarray(0, 2_000_000))(offset);
    await expect(repository.push(node, short)).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
    await repository.push(node, whole);
    expect(offsets).toEqual([2_000_000]);
  });
});

describe('a download whose process was killed', () => {
  it('goes on where it stopped', async () => {
    const owner = formatOwner({ ...(await thisOwner()), pid: await deadProcess() });
    writeFileSync(partial(`.modelkit-partial-${hex}-${owner}-00aa`), bytes.subarray(0, 1_234_567));
    await repository.push(node, whole);
    expect(offsets).toEqual([1_234_567]);
    expect(stored()).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it('right before the end needs no byte more', async () => {
    writeFileSync(partial(`.modelkit-partial-${hex}`), bytes);
    await repository.push(node, whole);
    expect(offsets).toEqual([]);
    expect(stored()).toBe(true);
  });

  it('is left alone while its process lives', async () => {
    const owner = formatOwner(await thisOwner());
    const file = `.modelkit-partial-${hex}-${owner}-00aa`;
    writeFileSync(partial(file), bytes.subarray(0, 2_000_000));
    await repository.push(node, whole);
    expect(offsets).toEqual([0]);
    expect(readdirSync(join(home, 'storage'))).toContain(file);
  });
});

describe('a partial file with wrong bytes', () => {
  it('is dropped, and the blob comes anew at once', async () => {
    writeFileSync(partial(`.modelkit-partial-${hex}`), noise(2_000_000, 99));
    await repository.push(node, whole);
    expect(offsets).toEqual([2_000_000, 0]);
    expect(stored()).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it('that is too long is started anew', async () => {
    writeFileSync(partial(`.modelkit-partial-${hex}`), Buffer.concat([bytes, bytes]));
    await repository.push(node, whole);
    expect(offsets).toEqual([0]);
    expect(stored()).toBe(true);
  });
});

describe('a download that cannot come right', () => {
  it.each([
    ['wrong bytes', noise(5_000_000, 2), 'BLOB_DIGEST_MISMATCH'],
    ['too many bytes', noise(5_000_001), 'BLOB_SIZE_MISMATCH'],
  ])('with %s leaves nothing', async (_, content, code) => {
    await expect(repository.push(node, opener(content))).rejects.toMatchObject({ code });
    expect(leftovers(home)).toEqual([]);
  });

  it('because it was cancelled leaves nothing, however much had arrived', async () => {
    const cancelled = new EngineError('CANCELLED', 'Cancelled.');
    await expect(repository.push(node, breaking(4_000_000, cancelled))).rejects.toThrow(cancelled);
    expect(leftovers(home)).toEqual([]);
  });

  it('for want of room keeps what was there before, and asks for nothing', async () => {
    writeFileSync(partial(`.modelkit-partial-${hex}`), bytes.subarray(0, 2_000_000));
    const huge = { ...node, size: 2 ** 52 };
    await expect(repository.push(huge, whole)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(offsets).toEqual([]);
    await repository.push(node, whole);
    expect(offsets).toEqual([2_000_000]);
  });

  it('because the disk got full leaves nothing', async () => {
    const disk = failingDisk('ENOSPC', (operation, path) => operation === 'write' && path.includes('-partial-'));
    const full = new LocalStore(home, { disk }).repository('localhost/m');
    await expect(full.push(node, whole)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(leftovers(home)).toEqual([]);
  });
});
