import { describe, expect, it, onTestFinished } from 'vitest';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { emptyKitFolders, FakeKit } from '../../support/fakeKit.ts';
import { faultBench, storeState } from './faultBench.ts';

const faults = faultBench();
const small = (name: string) =>
  faults.project(name, {
    Kitfile: `manifestVersion: 1.0.0\npackage: {name: ${name}}\nmodel: {path: w}\n`,
    w: name.repeat(100_000),
  });
const pack = (name: string, reference: string) => faults.kit(['pack', small(name), '-t', reference]);

/** A ModelKit whose blobs are there, as kit has them before it writes its indexes. */
async function madeByKit() {
  await pack('theirs', 'elsewhere:1');
  return await new LocalStore(faults.home).repository('localhost/elsewhere').resolve('1');
}

describe('while kit packs into the same store', () => {
  it('both ModelKits stay, although kit writes back what it read before ours came', async () => {
    const theirs = await madeByKit();
    const kit = new FakeKit(faults.home, 'localhost/demo');
    expect(await pack('ours', 'demo:ours')).toMatchObject({ exit: 0 });
    kit.add(theirs, 'theirs');
    const next = await pack('next', 'demo:next');
    expect(next.exit).toBe(0);
    expect(next.stderr).toMatch(/^warning INDEX_REPAIRED: [^\n]+\n$/);
    const tags = (await storeState(faults.home)).kits.filter((line) => line.startsWith('localhost/demo '));
    expect(tags.map((line) => line.split(' ')[2]).sort()).toEqual(['next', 'ours', 'theirs']);
    expect(await faults.kit(['unpack', 'demo:ours', '-d', faults.path('out')])).toMatchObject({ exit: 0 });
  });

  it('nothing of ours is lost when kit empties its folders again and again', async () => {
    const emptying = setInterval(() => emptyKitFolders(faults.home), 1);
    onTestFinished(() => clearInterval(emptying));
    expect(await pack('ours', 'demo:1')).toMatchObject({ exit: 0, stderr: '' });
    expect(await faults.kit(['unpack', 'demo:1', '-d', faults.path('out')])).toMatchObject({ exit: 0 });
  });

  it('an index that is cut hides its own repository only, and is not written over', async () => {
    await pack('ours', 'demo:1');
    await pack('theirs', 'elsewhere:1');
    const kit = new FakeKit(faults.home, 'localhost/elsewhere');
    kit.cutIndex();
    const { exit, stdout, stderr } = await faults.kit(['list']);
    expect({ exit, listed: stdout.match(/^demo /gm)?.length }).toEqual({ exit: 0, listed: 1 });
    expect(stderr).toMatch(/^warning FILE_SKIPPED: localhost\/elsewhere is left out\./);
    const refused = await pack('more', 'elsewhere:2');
    expect(refused.stderr).toMatch(/^error STORE_CORRUPT: .* Nothing was changed\. If a kit is writing it, try again/);
    kit.save();
    expect((await faults.kit(['list'])).stdout).toMatch(/^elsewhere +1 /m);
  });
});
