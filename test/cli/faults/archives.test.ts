import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { file, folder, type RawEntry, tarOf } from '../../engine/archive/support/tars.ts';
import { kitOf } from '../../support/blobs.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';
import { expectRefusal, faultBench, snapshot } from './faultBench.ts';

const faults = faultBench();
let registry: TestRegistry;
let reference: string;

beforeEach(async () => {
  registry = await startRegistry();
  reference = `${registry.host}/evil:1`;
});

afterEach(async () => {
  await registry.stop();
});

/** A ModelKit that no pack made. */
async function publish(...entries: readonly RawEntry[]): Promise<void> {
  const config = Buffer.from('{"manifestVersion":"1.0.0","model":{"path":"m"}}');
  const registries = connect();
  const kit = kitOf(config, tarOf(...entries), 'application/vnd.kitops.modelkit.config.v1+json');
  await pushKit(registries.repository({ registry: registry.host, repository: 'evil' }), kit, '1');
  await registries.close();
}

describe('an archive that tries to leave the folder', () => {
  it.each<[string, readonly RawEntry[]]>([
    ['by ..', [file('m/good', 'x'), file('../evil', 'x')]],
    ['by .. in the middle', [file('m/../../evil', 'x')]],
    ['by an absolute path', [file('/tmp/modelkit-evil', 'x')]],
    ['by a folder', [folder('../evil')]],
    ['by a symbolic link', [{ name: 'm', type: '2' }, file('m/evil', 'x')]],
    ['by a hard link', [{ name: 'm', type: '1' }]],
  ])('%s is refused, from the registry and from the store', async (_, entries) => {
    await publish(...entries);
    faults.bench.project('out', { mine: 'mine' });
    const before = snapshot(faults.path('.'));
    const unpack = () => faults.kit(['unpack', reference, '-d', faults.path('out'), '--plain-http']);
    expectRefusal(await unpack(), 'ARCHIVE_UNSAFE');
    expect(snapshot(faults.path('.'))).toEqual(before);
    await faults.kit(['pull', reference, '--plain-http']);
    expectRefusal(await unpack(), 'ARCHIVE_UNSAFE');
    expect(snapshot(faults.path('out'))).toEqual(before?.out && { mine: before['out/mine'] });
    expect([faults.path('evil'), '/tmp/modelkit-evil'].filter(existsSync)).toEqual([]);
  });

  it('is refused as a whole, also by a filter that does not want the entry', async () => {
    await publish(file('m/a.py', 'x'), file('../evil', 'x'));
    expectRefusal(
      await faults.kit(['unpack', reference, '-d', faults.path('out'), '--filter', '*.py', '--plain-http']),
      'ARCHIVE_UNSAFE',
    );
    expect(existsSync(faults.path('out'))).toBe(false);
  });

  it('that is no tar is refused', async () => {
    await publish({ name: 'm', checksum: '0000000\0' });
    expectRefusal(await faults.kit(['unpack', reference, '-d', faults.path('out'), '--plain-http']), 'ARCHIVE_CORRUPT');
    expect(existsSync(faults.path('out'))).toBe(false);
  });
});
