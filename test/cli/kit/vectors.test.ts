import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestBytes } from '../../../engine/modelkit/manifestBytes.ts';
import { describeFolder, type FolderEntry, makeFolder } from '../../support/folder.ts';
import { run } from '../runProgram.ts';

interface Vector {
  readonly name: string;
  readonly files: Readonly<Record<string, FolderEntry>>;
  readonly args?: readonly string[];
  readonly stdin?: string;
  /** Flags of each unpack. */
  readonly unpack?: readonly (readonly string[])[];
  /** The code with which we refuse what kit packs with something missing. */
  readonly ours?: string;
  readonly expect: {
    readonly exit: number;
    readonly config: string;
    readonly manifestDigest: string;
    readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly diffId: string }[];
    readonly unpack?: Readonly<
      Record<string, { readonly exit: number; readonly files: Readonly<Record<string, string>> }>
    >;
  };
}

const file = new URL('../../fixtures/kit-1.7/vectors.json', import.meta.url);
const cases: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8')).cases;
/** Prompts are known to newer kits (spec 1.2), and to us. */
const KNOWN_TO_NEWER_KITS = 'kitfile-prompts';

let folder: string;
let home: string;
let context: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vector-'));
  home = join(folder, 'home');
  context = join(folder, 'context');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const kit = (args: readonly string[], stdin?: string) =>
  run(args, { env: { KITOPS_HOME: home }, ...(stdin === undefined ? {} : { stdin }) });
const pack = ({ args = ['{ctx}', '-t', 'v:1'], stdin, files }: Vector) => {
  makeFolder(context, files);
  return kit(['pack', ...args.map((arg) => arg.replace('{ctx}', context))], stdin);
};
const blob = (digest: string) => readFileSync(join(home, 'storage/blobs/sha256', digest.slice(7)));
const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function packedManifest() {
  const index = JSON.parse(readFileSync(join(home, 'storage/index.json'), 'utf8'));
  return JSON.parse(blob(index.manifests[0].digest).toString());
}

const refused = cases.filter(({ name, ours, expect: { exit } }) => !ours && exit !== 0 && name !== KNOWN_TO_NEWER_KITS);
const packed = cases.filter(({ ours, expect: { exit } }) => !ours && exit === 0);
const plain = packed.filter(({ expect: { layers } }) => !layers.some(({ mediaType }) => mediaType.endsWith('+gzip')));

describe('what kit packs, we pack', () => {
  it.each(plain)('$name: to the same config, layers and manifest', async (vector) => {
    expect(await pack(vector)).toMatchObject({ exit: 0 });
    const { config, layers } = packedManifest();
    expect(blob(config.digest).toString()).toBe(vector.expect.config);
    expect((layers ?? []).map(({ digest }: { digest: string }) => digest)).toEqual(
      vector.expect.layers.map(({ digest }) => digest),
    );
    const manifest = manifestBytes({ config, layers: layers ?? [], cliVersion: '1.7.0' }, 'kit-1.7');
    expect(sha256(manifest)).toBe(vector.expect.manifestDigest);
  });

  it.each(packed)('$name: to the same content, whatever the compression', async (vector) => {
    await pack(vector);
    const layers: { mediaType: string; digest: string }[] = packedManifest().layers ?? [];
    const content = layers.map(({ mediaType, digest }) => ({
      mediaType,
      diffId: sha256(mediaType.endsWith('gzip') ? gunzipSync(blob(digest)) : blob(digest)),
    }));
    expect(content).toEqual(vector.expect.layers.map(({ mediaType, diffId }) => ({ mediaType, diffId })));
  });
});

/** What kit loses in the Kitfile that it writes: digits beyond 2^53, and U+2028 in a text. */
const LOST: readonly string[] = ['kitfile-parameter-4', 'kitfile-parameter-37', 'kitfile-utf8'];
const unpacks = packed
  .filter(({ name }) => !LOST.includes(name))
  .flatMap((vector) =>
    Object.entries(vector.expect.unpack ?? {}).map(([flags, result]) => ({ vector, name: vector.name, flags, result })),
  );
const possible = unpacks.filter(({ result }) => result.exit === 0);
/** Files whose folder is not in the archive (spec 2.5). */
const impossible = unpacks.filter(({ result }) => result.exit !== 0);

describe('what kit unpacks, we unpack', () => {
  it.each(possible)('$name $flags', async ({ vector, flags, result }) => {
    await pack(vector);
    const target = join(folder, 'target');
    const args = (vector.unpack ?? []).find((given) => given.join(' ') === flags) ?? [];
    expect(await kit(['unpack', 'v:1', '-d', target, ...args])).toMatchObject({ exit: 0 });
    const withoutSpecialBits = Object.entries(result.files).map(([name, text]) => [name, `0${text.slice(1)}`]);
    expect(describeFolder(target)).toEqual(Object.fromEntries(withoutSpecialBits));
  });
});

describe('what kit loses when it unpacks, we keep', () => {
  it.each(packed.filter(({ name }) => LOST.includes(name)))('$name packs to the same config again', async (vector) => {
    await pack(vector);
    const target = join(folder, 'target');
    expect(await kit(['unpack', 'v:1', '-d', target])).toMatchObject({ exit: 0 });
    const { configDigest } = JSON.parse((await kit(['pack', target, '--json'])).stdout.trim().split('\n').at(-1) ?? '');
    expect(blob(configDigest).toString()).toBe(vector.expect.config);
  });
});

describe('what kit packs and cannot unpack, we unpack', () => {
  it.each(impossible)('$name', async ({ vector }) => {
    await pack(vector);
    const target = join(folder, 'target');
    expect(await kit(['unpack', 'v:1', '-d', target])).toMatchObject({ exit: 0 });
    const { layers } = packedManifest();
    expect(layers).toHaveLength(vector.expect.layers.length);
    expect(readFileSync(join(target, 'sub/deep/keep.md'), 'utf8')).toBe('6');
  });
});

describe('what kit refuses, we refuse in one line', () => {
  it.each(refused)('$name', async (vector) => {
    const { exit, stderr } = await pack(vector);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^error [A-Z_]+: [^\n]+\n$/m);
    expect(existsSync(join(home, 'storage/index.json')) && packedCount()).toBeFalsy();
  });
});

function packedCount(): number {
  return JSON.parse(readFileSync(join(home, 'storage/index.json'), 'utf8')).manifests.length;
}

describe('what kit packs with something missing, we refuse', () => {
  it.each(cases.filter(({ ours }) => ours))('$name: $ours', async (vector) => {
    const { exit, stderr } = await pack(vector);
    expect(exit).toBe(1);
    expect(stderr).toContain(`error ${vector.ours}: `);
  });
});

describe('what only newer kits know', () => {
  it('a prompt is packed', async () => {
    const vector = cases.find(({ name }) => name === KNOWN_TO_NEWER_KITS);
    expect(vector && (await pack(vector))).toMatchObject({ exit: 0 });
    expect(packedManifest().layers[0].annotations).toMatchObject({ 'ml.kitops.modelkit.layer-subtype': 'prompt' });
  });
});
