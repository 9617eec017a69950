import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../runProgram.ts';

interface KitRun {
  readonly args: readonly string[];
  /** 2 where kit crashes. */
  readonly exit: number;
  readonly stdout?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/kit-1.7/${name}`, import.meta.url));
const runs: readonly KitRun[] = JSON.parse(readFileSync(fixture('store-1.7.json'), 'utf8'));
const known = runs.filter(({ args }) => args[0] !== 'diff').map((entry) => ({ ...entry, line: entry.args.join(' ') }));

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kit-store-'));
  execFileSync('tar', ['xzf', fixture('store-1.7.tar.gz'), '-C', home]);
});

afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const kit = (args: readonly string[]) => run(args, { env: { KITOPS_HOME: home } });

function digestsIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), sha256(path)]));
}

describe('a store that kit wrote', () => {
  it.each(known.filter(({ exit, stdout }) => exit === 0 && stdout !== undefined))(
    'prints as kit: $line',
    async (entry) => {
      expect(await kit(entry.args)).toEqual({ exit: 0, stdout: entry.stdout, stderr: '' });
    },
  );

  it.each(known.filter(({ exit, files }) => exit === 0 && files))('unpacks as kit: $line', async (entry) => {
    const folder = mkdtempSync(join(home, 'out-'));
    expect(await kit(entry.args.map((arg) => arg.replace('{out}', folder)))).toMatchObject({ exit: 0 });
    expect(digestsIn(folder)).toEqual(entry.files);
  });

  it.each(known.filter(({ exit }) => exit !== 0))('ends in one clear line: $line', async (entry) => {
    const folder = join(home, 'nothing');
    mkdirSync(folder, { recursive: true });
    const { exit, stdout, stderr } = await kit(entry.args.map((arg) => arg.replace('{out}', folder)));
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toMatch(/^error [A-Z_]+: [^\n]+\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
