import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalStore } from '../../../engine/store/localStore.ts';
import { leftovers, listing, storageFile } from '../../support/localHome.ts';
import { storeKit } from '../../support/storeKit.ts';
import { NAME, NEW, OLD, runVerb, type StoreVerb } from '../../support/storeVerbs.ts';

const CHILD = join(import.meta.dirname, '../../support/killedChild.ts');
const line = (kit: typeof OLD, tags = '') => `${NAME} ${kit.descriptor.digest.slice(7, 19)} ${tags}`.trim();

let folder: string;
let template: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modelkit-crash-'));
  template = join(folder, 'template');
  await storeKit(new LocalStore(template).repository(NAME), OLD, 'v1');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets a process die before its nth change. False when it has ended before that. */
async function dies(home: string, verb: StoreVerb, nth: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, home, verb, String(nth)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = await once(child, 'exit');
  if (code !== null && code !== 0) throw new Error(`the child failed with ${code}`);
  return signal === 'SIGKILL';
}

/** Processes at a time. */
const AT_ONCE = 4;

interface Outcome {
  /** What the store said after each of the kills, without repetition. */
  readonly states: readonly string[];
  /** The same after the verb was done again, with what was left over. */
  readonly ends: readonly string[];
  readonly kills: number;
}

/** Kills a process at each of the changes that a verb makes, one store each. */
async function killEverywhere(verb: StoreVerb): Promise<Outcome> {
  const seen: { state: string; end: string }[] = [];
  for (let first = 1; ; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, more) => killOnce(verb, first + more));
    const killed = (await Promise.all(tries)).filter((outcome) => outcome !== undefined);
    seen.push(...killed);
    if (killed.length < AT_ONCE) break;
  }
  const states = [...new Set(seen.map(({ state }) => state))];
  const ends = [...new Set(seen.map(({ end }) => end))];
  return { states, ends, kills: seen.length };
}

async function killOnce(verb: StoreVerb, nth: number): Promise<{ state: string; end: string } | undefined> {
  const home = join(folder, `${verb}-${nth}`);
  cpSync(template, home, { recursive: true });
  if (!(await dies(home, verb, nth))) return undefined;
  const state = await stateOf(home);
  // What was done already cannot be done again.
  await runVerb(home, verb).catch((error) => expect(error).toMatchObject({ code: 'REFERENCE_NOT_FOUND' }));
  await new LocalStore(home).prepareForWriting();
  return { state, end: `${await stateOf(home)} ${leftovers(home)}`.trim() };
}

/** All that is listed, which must be complete, and in index.json. */
async function stateOf(home: string): Promise<string> {
  const store = new LocalStore(home);
  for (const name of await store.repositories())
    for (const { node } of await store.repository(name).list()) {
      expect(await store.repository(name).exists(node)).toBe(true);
      expect(storageFile(home, 'index.json')).toContain(node.digest);
    }
  return (await listing(home)).join('; ');
}

describe('a process that is killed at any moment', () => {
  it('of storing a blob leaves the store as it was', { timeout: 240_000 }, async () => {
    const { states, ends, kills } = await killEverywhere('add');
    expect(states).toEqual([line(OLD, 'v1')]);
    expect(ends).toEqual([line(OLD, 'v1')]);
    expect(kills).toBeGreaterThan(5);
  });

  it('of storing a ModelKit leaves it out, or in, or in without its tag', { timeout: 240_000 }, async () => {
    const { states, ends } = await killEverywhere('push');
    expect(states).toEqual([
      line(OLD, 'v1'),
      [line(OLD, 'v1'), line(NEW)].join('; '),
      [line(OLD, 'v1'), line(NEW, 'v2')].join('; '),
    ]);
    expect(ends).toEqual([[line(OLD, 'v1'), line(NEW, 'v2')].join('; ')]);
  });

  it('of tagging leaves the tag out or in', { timeout: 240_000 }, async () => {
    const { states, ends } = await killEverywhere('tag');
    expect(states).toEqual([line(OLD, 'v1'), line(OLD, 'v1,v3')]);
    expect(ends).toEqual([line(OLD, 'v1,v3')]);
  });

  it('of untagging leaves the tag in or out', { timeout: 240_000 }, async () => {
    const { states, ends } = await killEverywhere('untag');
    expect(states).toEqual([line(OLD, 'v1'), line(OLD)]);
    expect(ends).toEqual([line(OLD)]);
  });

  it('of removing leaves the ModelKit whole or gone, and what was begun is finished', {
    timeout: 240_000,
  }, async () => {
    const { states, ends } = await killEverywhere('remove');
    expect(states).toEqual([line(OLD, 'v1'), '']);
    expect(ends).toEqual(['']);
  });
});
