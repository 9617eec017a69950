import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configJson } from '../../../engine/kitfile/configJson.ts';
import { withDigests } from '../../../engine/kitfile/digests.ts';
import { findKitfile } from '../../../engine/kitfile/findKitfile.ts';
import { kitfileFromConfig } from '../../../engine/kitfile/fromConfig.ts';
import { kitfileYaml } from '../../../engine/kitfile/kitfileYaml.ts';
import type { Kitfile, ParameterValue } from '../../../engine/kitfile/model.ts';
import { byNature } from '../../../engine/kitfile/naturalOrder.ts';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { positionAt } from '../../../engine/kitfile/position.ts';
import { assertNoErrors } from '../../../engine/kitfile/usable.ts';
import { yamlText } from '../../../engine/kitfile/yamlText.ts';

describe('a config', () => {
  it('has its fields in the order of kit, whatever the order of the Kitfile, and digests last', () => {
    const { kitfile = {} } = parseKitfile(
      'docs: [{description: d}]\nmodel: {parameters: {b: 1}, parts: [{type: t, path: p}], path: m, name: n}\nmcpServers: [{path: x.mcpb, name: s}]\nprompts: [{path: q}]\npackage: {authors: [A], name: k}',
    );
    const digests = ['m', 'p', 'd', 'q', 's'].map((digest) => ({ digest, diffId: `${digest}-diff` }));
    expect(configJson(withDigests(kitfile, digests)).toString()).toBe(
      '{"manifestVersion":"","package":{"name":"k","authors":["A"]},"model":{"name":"n","path":"m","parts":[{"path":"p","type":"t","digest":"p","diffId":"p-diff"}],"parameters":{"b":1},"digest":"m","diffId":"m-diff"},"docs":[{"path":"","description":"d","digest":"d","diffId":"d-diff"}],"prompts":[{"path":"q","digest":"q","diffId":"q-diff"}],"mcpServers":[{"name":"s","path":"x.mcpb","digest":"s","diffId":"s-diff"}]}',
    );
  });

  it.each([
    ['{"MODEL":{"Path":"a"},"unknown":[1],"package":null}', '{"manifestVersion":"","package":{},"model":{"path":"a"}}'],
    [
      '{"datasets":[{"path":"a","parameters":{"n":9007199254740993,"f":1.0,"z":-0}}]}',
      '{"manifestVersion":"","package":{},"datasets":[{"path":"a","parameters":{"f":1,"n":9007199254740993,"z":-0}}]}',
    ],
    ['{"code":[null,{"path":"a"}]}', '{"manifestVersion":"","package":{},"code":[{},{"path":"a"}]}'],
    [
      '{"model":{"parameters":{"__proto__":{"x":1}}}}',
      '{"manifestVersion":"","package":{},"model":{"parameters":{"__proto__":{"x":1}}}}',
    ],
  ])('is read leniently: %s', (config, expected) => {
    expect(configJson(kitfileFromConfig(Buffer.from(config))).toString()).toBe(expected);
  });

  it.each([
    '',
    '[]',
    '{',
    '{"model":[]}',
    '{"package":{"name":1}}',
    '{"code":{}}',
    '{} x',
    '{"a":01}',
    `${'['.repeat(5000)}`,
  ])('that is none is refused: %.30s', (config) => {
    expect(() => kitfileFromConfig(Buffer.from(config))).toThrow(expect.objectContaining({ code: 'MANIFEST_INVALID' }));
  });
});

describe('a Kitfile as YAML', () => {
  it('looks as kit writes it, but keeps integers', () => {
    const kitfile: Kitfile = {
      manifestVersion: '1.0.0',
      package: { name: 'true', version: '1.0', description: 'two\nlines\n', authors: ['Ada', 'B, C', ''] },
      model: {
        path: './m',
        parts: [{ name: '- x', path: 'p' }],
        parameters: new Map<string, ParameterValue>([
          ['b10', 1_000_000n],
          ['b9', 1e-5],
          ['9', [1n, [], new Map()]],
          ['a', null],
          ['long', [new Map([['k', 'a: b']])]],
        ]),
      },
      docs: [{}],
    };
    expect(kitfileYaml(kitfile)).toBe(
      [
        'manifestVersion: 1.0.0',
        'package:',
        '  name: "true"',
        '  version: "1.0"',
        '  description: |',
        '    two',
        '    lines',
        '  authors: [Ada, \'B, C\', ""]',
        'model:',
        '  path: ./m',
        '  parts:',
        "    - name: '- x'",
        '      path: p',
        '  parameters:',
        '    "9":',
        '      - 1',
        '      - []',
        '      - {}',
        '    a: null',
        '    b9: 1e-05',
        '    b10: 1000000',
        '    long:',
        "      - k: 'a: b'",
        'docs:',
        '  - path: ""',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['yes', '"yes"'],
    ['~', '"~"'],
    ['2024-01-02', '"2024-01-02"'],
    ['12:30', '"12:30"'],
    ['0b-1', '"0b-1"'],
    ['a ', "'a '"],
    ['a #b', "'a #b'"],
    ["it's", "it's"],
    ["'x'", "'''x'''"],
    ['a\tb', '"a\\tb"'],
    ['😀', '"\\U0001F600"'],
    ['a\u2028b', '"a\\Lb"'],
    ['日本', '日本'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    ['  a\nb', '|2-\n    a\n  b'],
    ['\na', '"\\na"'],
  ])('writes the text %j as %s', (text, expected) => {
    expect(yamlText(text, 'block', 2)).toBe(expected);
  });

  it('sorts keys as people do', () => {
    const keys = ['b10', 'b9', 'ab', 'a-b', 'a', 'A', '10', '9', '_x', 'b09', 'a1b', 'ab1'];
    expect(keys.toSorted(byNature)).toEqual(['_x', '9', '10', 'A', 'a', 'a-b', 'a1b', 'ab', 'ab1', 'b9', 'b09', 'b10']);
  });

  it('reads back as what it was, whatever it holds', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@` \na~0-9.]{0,12}$/),
    );
    const scalar = fc.oneof(
      text,
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec<{ value: ParameterValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
      ),
    }));
    fc.assert(
      fc.property(text, value, (name, parameters) => {
        const kitfile = kitfileFromConfig(configJson({ package: { name, authors: [name] }, model: { parameters } }));
        const again = parseKitfile(kitfileYaml(kitfile));
        expect(again.kitfile && configJson(again.kitfile).toString()).toBe(configJson(kitfile).toString());
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

describe('a Kitfile with errors', () => {
  it('stops with the first one, its place, and how many more there are', () => {
    const text = 'package:\n  nmae: x\ncode:\n  - path: /a\n  - pth: b\n';
    expect(() => assertNoErrors(parseKitfile(text).problems, text)).toThrow(
      expect.objectContaining({
        code: 'KITFILE_SCHEMA',
        message: 'Kitfile 2:3: "nmae" is not a field of "package". Did you mean "name"?',
        advice: 'Correct it and 2 more mistakes in the Kitfile, then try again.',
        facts: {
          rule: 'unknown-key',
          problems: expect.arrayContaining([expect.stringMatching(/^Kitfile 5:5: "pth"/)]),
        },
      }),
    );
  });

  it('does not stop with warnings alone', () => {
    const text = 'model: [{path: a}]';
    expect(() => assertNoErrors(parseKitfile(text).problems, text)).not.toThrow();
  });

  it.each([
    ['a\nb', 2, 2, 1],
    ['a\r\nbc', 4, 2, 2],
    ['', 0, 1, 1],
  ])('counts lines and columns from 1: %j', (text, offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
  });
});

describe('finding the Kitfile of a folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kitfile-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    [['.kitfile', 'Kitfile', 'kitfile'], 'Kitfile'],
    [['.kitfile', 'kitfile'], 'kitfile'],
    [['.kitfile'], '.kitfile'],
  ])('takes of %j the first: %s', async (names, first) => {
    for (const name of names) await writeFile(join(folder, name), '');
    expect(await findKitfile(folder)).toBe(join(folder, first));
  });

  it('finds none where there is none', async () => {
    expect(await findKitfile(folder)).toBeUndefined();
  });
});
