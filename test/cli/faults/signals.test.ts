import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { faultBench, PROJECT, snapshot, storeState } from './faultBench.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
/** A cancelled process is gone after this many milliseconds (bad-inputs, "Limits"). */
const GONE_MS = 5000;
const faults = faultBench();
let registry: TestRegistry;
let reference: string;

beforeEach(async () => {
  registry = await startRegistry();
  reference = `${registry.host}/team/demo:1`;
});

afterEach(async () => {
  await registry.stop();
});

function start(...args: readonly string[]): {
  child: ChildProcess;
  end: Promise<{ exit: number | null; stderr: string }>;
} {
  const env = { ...process.env, KITOPS_HOME: faults.home };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[exit], stderr]) => ({ exit, stderr }));
  return { child, end };
}

const pack = () => faults.kit(['pack', faults.project(), '-t', reference]);
const unpack = () => start('unpack', reference, '-d', faults.path('out'), '--plain-http');

/** In the registry, and no longer here; layers come from there in small pieces. */
async function publishSlowly(): Promise<void> {
  await pack();
  await faults.kit(['push', reference, '--plain-http']);
  await faults.kit(['remove', reference]);
  registry.fail({ method: 'GET', path: /blobs/, fault: { slow: { bytes: 2000, everyMs: 20 } }, times: 99 });
}

const isAsked = (method: string, path: RegExp) =>
  registry.requests.some((request) => request.method === method && path.test(request.path));
const temporaries = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('.modelkit-')) : [];

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 5 });
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  /** Sends the signal when the condition holds: exit code by the signal, in time, one line. */
  async function expectCancelled({ child, end }: ReturnType<typeof start>, when: () => boolean): Promise<void> {
    await until(when);
    const sent = performance.now();
    child.kill(signal);
    expect(await end).toEqual({ exit: signal === 'SIGINT' ? 130 : 143, stderr: 'error CANCELLED: Cancelled.\n' });
    expect(performance.now() - sent).toBeLessThan(GONE_MS);
  }

  it('in the middle of pack leaves the store as it was', async () => {
    await pack();
    const before = await storeState(faults.home);
    truncateSync(join(faults.path('project'), 'model/w.bin'), 8 * 1024 ** 3);
    const storage = join(faults.home, 'storage');
    await expectCancelled(start('pack', faults.path('project'), '-t', 'x:1'), () => temporaries(storage).length > 0);
    expect(await storeState(faults.home)).toEqual(before);
  });

  it('in the middle of push names nothing in the registry', async () => {
    await pack();
    const before = await storeState(faults.home);
    registry.fail({ method: 'PUT', path: /uploads/, fault: { hang: true }, times: 99 });
    await expectCancelled(start('push', reference, '--plain-http'), () => isAsked('PUT', /uploads/));
    expect(registry.repositories.tags('team/demo') ?? []).toEqual([]);
    expect(await storeState(faults.home)).toEqual(before);
  });

  it('in the middle of pull leaves the store as it was', async () => {
    await publishSlowly();
    const before = await storeState(faults.home);
    const storage = join(faults.home, 'storage');
    await expectCancelled(start('pull', reference, '--plain-http'), () => temporaries(storage).length > 0);
    expect(await storeState(faults.home)).toEqual(before);
  });

  it('in the middle of unpack leaves no file and no folder', async () => {
    await publishSlowly();
    await expectCancelled(unpack(), () => temporaries(faults.path('out')).length > 0);
    expect(existsSync(faults.path('out'))).toBe(false);
  });
});

describe('SIGKILL in the middle of unpack', () => {
  it('leaves temporaries beside whole files, and the next run takes them away', async () => {
    await publishSlowly();
    const { child, end } = unpack();
    await until(() => temporaries(faults.path('out')).length > 0 && existsSync(join(faults.path('out'), 'Kitfile')));
    child.kill('SIGKILL');
    await end;
    const left = readdirSync(faults.path('out')).filter((name) => name !== 'Kitfile');
    expect(left).toEqual(temporaries(faults.path('out')));
    registry.heal();
    expect(await unpack().end).toEqual({ exit: 0, stderr: '' });
    expect(readdirSync(faults.path('out')).sort()).toEqual(['Kitfile', 'model', 'run.py']);
  });
});

describe('SIGKILL in the middle of pull', () => {
  it('leaves nothing that is listed, and the next run takes the rest away', async () => {
    await publishSlowly();
    const { child, end } = start('pull', reference, '--plain-http');
    await until(() => temporaries(join(faults.home, 'storage')).length > 0);
    child.kill('SIGKILL');
    await end;
    expect((await storeState(faults.home)).kits).toEqual([]);
    registry.heal();
    expect(await start('pull', reference, '--plain-http').end).toEqual({ exit: 0, stderr: '' });
    const { kits, leftovers } = await storeState(faults.home);
    expect({ kits: kits.length, leftovers }).toEqual({ kits: 1, leftovers: [] });
  });
});

describe('two at once', () => {
  it('unpack into one folder: every file is whole, and whoever is late says what is in the way', async () => {
    await pack();
    const ends = await Promise.all([unpack().end, unpack().end]);
    const outcomes = ends.map(({ exit, stderr }) => (exit === 0 ? 'done' : stderr.replace(/:.*\n/s, '')));
    expect(['done', 'error TARGET_EXISTS']).toEqual(expect.arrayContaining(outcomes));
    const files = Object.entries(snapshot(faults.path('out')) ?? {}).filter(([, content]) => content !== 'folder');
    const right = snapshot(faults.path('project')) ?? {};
    for (const [name, content] of files.filter(([path]) => path !== 'Kitfile')) expect(content).toBe(right[name]);
    expect(temporaries(faults.path('out'))).toEqual([]);
  });

  it('unpack with --overwrite into one folder: both come to the end', async () => {
    await pack();
    const overwrite = () => start('unpack', reference, '-d', faults.path('out'), '--overwrite').end;
    expect(await Promise.all([overwrite(), overwrite()])).toEqual([
      { exit: 0, stderr: '' },
      { exit: 0, stderr: '' },
    ]);
    expect(readFileSync(join(faults.path('out'), 'model/w.bin'), 'utf8')).toBe(PROJECT['model/w.bin']);
    expect(temporaries(faults.path('out'))).toEqual([]);
  });

  it('pack and pull: each finds its ModelKit whole', async () => {
    await publishSlowly();
    registry.heal();
    rmSync(faults.path('project'), { recursive: true });
    const ends = await Promise.all([
      start('pack', faults.project(), '-t', 'mine:1').end,
      start('pull', reference, '--plain-http').end,
      start('pull', reference, '--plain-http').end,
    ]);
    expect(ends.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect((await storeState(faults.home)).leftovers).toEqual([]);
    for (const name of ['mine:1', reference])
      expect(await faults.kit(['unpack', name, '-d', faults.path(`of-${name.length}`)])).toMatchObject({ exit: 0 });
  });
});

describe('10,000 files', () => {
  it('are packed, moved and unpacked', { timeout: 120_000 }, async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `data/${at % 100}/${at}.txt`);
    const files = Object.fromEntries(names.map((name) => [name, name]));
    const folder = faults.project('many', { Kitfile: 'manifestVersion: 1.0.0\ndatasets: [{path: data}]\n', ...files });
    expect(await faults.kit(['pack', folder, '-t', reference, '--push', '--plain-http'])).toMatchObject({ exit: 0 });
    const before = snapshot(join(folder, 'data'));
    rmSync(folder, { recursive: true });
    expect(await unpack().end).toEqual({ exit: 0, stderr: '' });
    expect(snapshot(join(faults.path('out'), 'data'))).toEqual(before);
  });
});
