import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { noise } from '../../support/blobs.ts';
import { openWorkbench, type Workbench } from '../../support/engine.ts';
import { leftovers, listing } from '../../support/localHome.ts';
import { QUICK } from '../../support/remote.ts';
import { type Ran, type RunOptions, run } from '../runProgram.ts';

/** Of a size that takes several pieces to move. */
export const LAYER = noise(300_000).toString('latin1');
export const PROJECT = {
  Kitfile: 'manifestVersion: 1.0.0\nmodel: {name: m, path: model}\ncode: [{path: run.py}]\n',
  'model/w.bin': LAYER,
  'run.py': 'print(1)\n',
};

export interface FaultBench {
  readonly bench: Workbench;
  readonly home: string;
  /** Runs the command line on the store of this bench, quick to give up. */
  kit(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** A folder to pack. */
  project(name?: string, files?: Readonly<Record<string, string>>): string;
  path(name: string): string;
}

/** A bench of its own for each test of a file. */
export function faultBench(): FaultBench {
  let bench: Workbench;
  beforeEach(() => {
    bench = openWorkbench();
  });
  afterEach(async () => {
    await bench.close();
  });
  return {
    get bench() {
      return bench;
    },
    get home() {
      return bench.home;
    },
    kit: (args, options = {}) =>
      run(args, { limits: QUICK, ...options, env: { KITOPS_HOME: bench.home, ...options.env } }),
    project: (name = 'project', files = PROJECT) => bench.project(name, files),
    path: (name) => join(bench.folder, name),
  };
}

/** Everything in a folder with its content, to be compared; undefined when it is not there. */
export function snapshot(folder: string): Readonly<Record<string, string>> | undefined {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(names.map((name) => [name, contentOf(join(folder, name))]));
}

function contentOf(path: string): string {
  const stats = lstatSync(path);
  if (!stats.isFile()) return stats.isDirectory() ? 'folder' : 'other';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** What a store holds: its ModelKits, its blobs, and what should not be there. */
export async function storeState(home: string) {
  const blobs = join(home, 'storage/blobs/sha256');
  return {
    kits: await listing(home),
    blobs: existsSync(blobs) ? readdirSync(blobs).sort() : [],
    leftovers: existsSync(home) ? leftovers(home) : [],
  };
}

/** One line `error CODE: sentence. What to do next`, after at most lines that say why it waited; exit code 1. */
export function expectRefusal({ exit, stderr }: Ran, code: string, says: string | RegExp = ''): void {
  const lines = stderr.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  expect({ exit, last }).toEqual({
    exit: 1,
    last: expect.stringMatching(new RegExp(`^error ${code}: .+[.:)] \\S.+\\.$`)),
  });
  expect(lines.filter((line) => line.startsWith('error '))).toHaveLength(1);
  expect(last).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
}
