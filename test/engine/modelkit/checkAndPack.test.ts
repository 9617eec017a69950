import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isEngineError } from '../../../engine/errors.ts';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { isModelReference } from '../../../engine/kitfile/reference.ts';
import type { EngineEvent } from '../../../engine/modelkit/call.ts';
import { checkKitfile } from '../../../engine/modelkit/check.ts';
import { pack } from '../../../engine/modelkit/pack.ts';
import { openWorkbench, type Workbench } from '../../support/engine.ts';

const FILES = {
  '.kitignore': 'ignored\nhalf/*\n!half/kept\n',
  'model/w.bin': 'weights',
  'model/lora/a.bin': 'a',
  'data/train.csv': 'a,b\n',
  'data-v2/x.csv': 'a',
  'src/train.py': 'print()',
  'README.md': '# r',
  'ignored/a': 'x',
  'half/kept': 'x',
  'half/lost': 'x',
  'dots/a..b': 'x',
  'dots/fine/a': 'x',
  'Case/File': 'x',
  'with space/a: b': 'x',
  'cache/deep/w.bin': { type: 'symlink', to: '../../model/w.bin' },
  'mixed/w.bin': { type: 'symlink', to: '../model/w.bin' },
  'mixed/real': 'x',
  link: { type: 'symlink', to: 'model' },
  pipe: { type: 'fifo' },
  empty: { type: 'dir' },
  'nothing/at/all': { type: 'dir' },
  'fake.mcpb': 'no zip',
} as const;

/** Everything that a path may say, right and wrong. */
const PATHS = [
  ...Object.keys(FILES),
  ...['.', './', '', 'model', './model/', 'data', 'data/', 'dots', 'dots/fine', 'cache', 'mixed', 'Case', 'case/file'],
  ...['case', 'half', 'ignored', 'nothing', 'none', 'model/none', 'src/../data', '../x', '/abs', 'C:\\x', 'a..b'],
  ...['http://x/y', 's3://b/k', 'link/w.bin', 'README.md/x', 'Kitfile', 'with space', '~', '[a]', 'data\t', 'x:y'],
];

let bench: Workbench;
let folder: string;

beforeAll(() => {
  bench = openWorkbench();
  folder = bench.project('p', FILES);
});
afterAll(() => bench.close());

interface Outcome {
  readonly check: string;
  readonly pack: string;
}

/** The first error that the check finds, and what pack stops at. */
async function outcome(text: string): Promise<Outcome> {
  const { problems } = await checkKitfile(text, folder, { home: bench.home });
  const errors = problems.filter(({ severity }) => severity === 'error');
  const packed = await pack(bench.engine, folder, { kitfile: { text: Buffer.from(text) }, cliVersion: 'test/1' }).then(
    () => 'packs',
    (error: unknown) => (isEngineError(error) ? error.code : String(error)),
  );
  return { check: errors[0]?.code ?? 'packs', pack: packed };
}

/** Other ModelKits are no question of the text and the disk. */
function needsAnother(text: string): boolean {
  const { kitfile } = parseKitfile(text);
  const paths = [kitfile?.model?.path, ...(kitfile?.datasets ?? []).map(({ remotePath }) => remotePath)];
  return paths.some((path) => path !== undefined && isModelReference(path));
}

const fixtures = new URL('../../fixtures/', import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));
const vectors: readonly string[] = json('kit-1.7/vectors.json').cases.flatMap(
  ({ files }: { files: Readonly<Record<string, { text?: string }>> }) => files.Kitfile?.text ?? [],
);
const corpus = Object.keys(json('corpus/verdicts.json')).map((name) =>
  readFileSync(new URL(`corpus/${name}`, fixtures), 'utf8'),
);
const guide = [1, 2, 3, 4].map((at) => readFileSync(new URL(`guide/kitfile-${at}.yaml`, fixtures), 'utf8'));
const TEXTS = [...vectors, ...corpus, ...guide].filter((text) => text.length < 10_000);

const path = fc.constantFrom(...PATHS);
const quotedPath = path.map((one) => JSON.stringify(one));
const entry = (more: Readonly<Record<string, fc.Arbitrary<string>>> = {}) =>
  fc.record({ path: quotedPath, ...more }).map((fields) => {
    const pairs = Object.entries(fields).map(([key, value]) => `${key}: ${value}`);
    return `{${pairs.join(', ')}}`;
  });
const entries = (one: fc.Arbitrary<string>) => fc.array(one, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);

/** Well-formed Kitfiles whose paths are anything. */
const written = fc
  .record(
    {
      model: entry({ name: fc.constantFrom('m', '1.0', '"a b"') }),
      code: entries(entry()),
      datasets: entries(entry({ parameters: fc.constantFrom('{a: 1}', '.nan', '{1: x}', '2024-01-01') })),
      docs: entries(entry()),
      prompts: entries(entry()),
      mcpServers: entries(entry({ name: fc.constantFrom('a', 'b') })),
      configs: entries(entry({ name: fc.constantFrom('a', 'b') })),
      modelParts: entries(entry({ name: fc.constantFrom('a', 'b') })),
    },
    { requiredKeys: [] },
  )
  .map(
    (sections) =>
      Object.entries(sections)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join('') || '{}',
  );

/** Real Kitfiles with a path of ours, a line less or twice, or a character changed. */
const mutated = fc
  .tuple(fc.constantFrom(...TEXTS), fc.nat(), quotedPath, fc.constantFrom(...'-:[]{}#&*!|>\'"%@`\t x1\n'), fc.nat(3))
  .map(([text, at, some, character, kind]) => {
    const lines = text.split('\n');
    const line = at % lines.length;
    const place = at % (text.length + 1);
    if (kind === 0) return text.slice(0, place) + character + text.slice(place + 1);
    if (kind === 1) return lines.toSpliced(line, 1).join('\n');
    if (kind === 2) return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    return text.replace(/path: .*/, `path: ${some}`);
  });

describe('what the check calls an error is what pack refuses, and nothing else', () => {
  it('in real Kitfiles', async () => {
    for (const text of TEXTS.filter((one) => !needsAnother(one))) {
      const { check, pack: packed } = await outcome(text);
      expect({ text, is: packed }).toEqual({ text, is: check });
    }
  });

  it.each([
    ['with any paths', written, 400],
    ['that were changed a little', mutated, 400],
  ])('in Kitfiles %s', async (_, texts, numRuns) => {
    const property = fc.asyncProperty(texts, async (text) => {
      fc.pre(!needsAnother(text));
      const { check, pack: packed } = await outcome(text);
      expect(packed).toBe(check);
    });
    await fc.assert(property, { seed: 4, numRuns });
  });
});

describe('an ignored layer', () => {
  it('is spoken of once', async () => {
    const events: EngineEvent[] = [];
    const kitfile = { text: Buffer.from('manifestVersion: 1.0.0\ncode: [{path: ignored}]') };
    await pack(bench.engine, folder, { kitfile, cliVersion: 'test/1' }, { onEvent: (event) => events.push(event) });
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [`${event.code} ${event.message}`] : []));
    expect(warnings).toEqual([expect.stringMatching(/^LAYER_EMPTY Kitfile 2:15: "ignored" is left out by .kitignore/)]);
  });
});
