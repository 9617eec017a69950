import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { noise, smallKit } from '../../support/blobs.ts';
import { leftovers, listing, temporaryHome } from '../../support/localHome.ts';
import { storeKit } from '../../support/storeKit.ts';

const CHILD = join(import.meta.dirname, '../../support/busyChild.ts');
const PROCESSES = 8;
const ROUNDS = 3;

async function run(home: string, number: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, home, String(number), String(ROUNDS)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code;
}

describe('eight processes on one store', () => {
  it('all find there what they were told is there', { timeout: 120_000 }, async () => {
    const home = temporaryHome();
    const numbers = Array.from({ length: PROCESSES }, (_, number) => number);
    const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
    expect(await Promise.all(numbers.map((number) => run(home, number)))).toEqual(numbers.map(() => 0));
    const lines = await listing(home);
    const shared = lines.filter((line) => line.startsWith('localhost/shared ')).map((line) => line.split(' ')[2]);
    expect(shared.sort()).toEqual(numbers.flatMap((n) => rounds.map((round) => `stays-${n}-${round}`)).sort());
    const latest = lines.filter((line) => line.endsWith(' latest'));
    expect(latest).toHaveLength(PROCESSES);
    expect(leftovers(home)).toEqual([]);
    await expectWhole(home);
  });
});

describe('many writes of one process', () => {
  it('go one after the other', async () => {
    const store = new LocalStore(temporaryHome());
    const kits = Array.from({ length: 20 }, (_, number) => smallKit(noise(50, number), String(number)));
    await Promise.all(kits.map((kit, number) => storeKit(store.repository('localhost/m'), kit, `v${number}`)));
    expect(await store.repository('localhost/m').list()).toHaveLength(20);
    await expectWhole(store.home);
  });

  it('of one tag end with one of them', async () => {
    const store = new LocalStore(temporaryHome());
    const kits = Array.from({ length: 5 }, (_, number) => smallKit(noise(50, number), String(number)));
    for (const kit of kits) await storeKit(store.repository('localhost/m'), kit);
    const other = new LocalStore(store.home);
    await Promise.all(kits.map((kit, n) => [store, other][n % 2]?.repository('localhost/m').tag(kit.descriptor, 'v')));
    const { digest } = await store.repository('localhost/m').resolve('v');
    expect(kits.map(({ descriptor }) => descriptor.digest)).toContain(digest);
  });
});

async function expectWhole(home: string): Promise<void> {
  const store = new LocalStore(home);
  for (const name of await store.repositories())
    for (const { node } of await store.repository(name).list())
      expect(await store.repository(name).exists(node)).toBe(true);
}
