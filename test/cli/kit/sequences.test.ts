import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../runProgram.ts';

type Step = readonly string[];

/** What is so after a step: whether it worked, and the state of the store, or the files of the target. */
interface After {
  readonly ok?: boolean;
  readonly list?: readonly object[];
  readonly blobs?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

interface Sequence {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly expect: readonly After[];
}

const file = new URL('../../fixtures/kit-1.7/sequences.json', import.meta.url);
const sequences: readonly Sequence[] = JSON.parse(readFileSync(file, 'utf8')).sequences;

const kitfileOf = (name: string) =>
  `manifestVersion: 1.0.0\npackage: {name: ${name}, authors: [${name.toUpperCase()}]}\nmodel: {name: m, path: m.bin}\ndatasets: [{name: d, path: d.csv}]\n`;
const CONTEXTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['a', 'b', 'c'].flatMap((name) => [
      [`${name}/m.bin`, `weights ${name}`],
      [`${name}/d.csv`, 'shared,data\n'],
      [`${name}/Kitfile`, kitfileOf(name)],
    ]),
  ),
  'e/Kitfile': 'manifestVersion: 1.0.0\npackage: {name: e}\n',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sequence-'));
  for (const [name, text] of Object.entries(CONTEXTS)) write(name, text);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const kit = (args: readonly string[]) => run(args, { env: { KITOPS_HOME: join(folder, 'home') } });

async function play(step: Step): Promise<After> {
  const [verb, name = '', text = ''] = step;
  if (verb === 'write') write(name, text);
  if (verb === 'mkdir') mkdirSync(join(folder, name), { recursive: true });
  if (verb === 'write' || verb === 'mkdir') return {};
  const { exit } = await kit(step.map((arg) => arg.replace('{w}', folder)));
  return { ok: exit === 0, ...(verb === 'unpack' ? { files: unpacked() } : await state()) };
}

function unpacked(): Readonly<Record<string, string>> {
  const root = join(folder, 'u');
  return Object.fromEntries(filesBelow(root).map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

function filesBelow(root: string): readonly string[] {
  try {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

interface Listed {
  readonly digest: string;
  readonly tags: readonly string[] | null;
}

async function state(): Promise<After> {
  const listed: Listed[] = JSON.parse((await kit(['list', '--format', 'json'])).stdout);
  const entries = listed.map(({ digest: _, ...entry }) => ({ ...entry, tags: [...(entry.tags ?? [])].sort() }));
  const blobs = filesBelow(join(folder, 'home/storage/blobs/sha256')).filter((path) => !isManifest(path));
  return { list: entries, blobs: blobs.map((path) => path.replace(/.*\//, '').slice(0, 12)).sort() };
}

function isManifest(path: string): boolean {
  const text = readFileSync(path, 'latin1');
  return text.startsWith('{') && text.slice(0, 40).includes('"schemaVersion"');
}

/** Without the order of the listing. */
function unordered({ list, ...after }: After): After {
  const keyOf = (entry: object) => JSON.stringify(entry, Object.keys(entry).sort());
  return { ...after, ...(list ? { list: [...list].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)) } : {}) };
}

/** A refused unpack of ours may leave less behind than kit's, and touches nothing that was there. */
function expectRefusedLikeKit(after: After, wanted: After, before: Readonly<Record<string, string>>): void {
  expect(after.ok).toBe(false);
  expect(wanted.files).toMatchObject(after.files ?? {});
  expect(after.files).toMatchObject(before);
}

describe('a sequence of verbs leaves the store and the target as kit does', () => {
  it.each(sequences)('$name', async ({ steps, expect: expected }) => {
    for (const [at, step] of steps.entries()) {
      const before = unpacked();
      const after = await play(step);
      const wanted = expected[at] ?? {};
      if (wanted.ok === false && wanted.files) expectRefusedLikeKit(after, wanted, before);
      else expect(unordered(after), `step ${at}: ${step.join(' ')}`).toEqual(unordered(wanted));
    }
  });
});
