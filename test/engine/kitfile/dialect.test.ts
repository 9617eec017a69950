import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { configOf, findings } from '../../support/kitfileText.ts';

function guide(number: number): Buffer {
  return readFileSync(new URL(`../../fixtures/guide/kitfile-${number}.yaml`, import.meta.url));
}

/** A dialect text and the standard one that means the same (spec 10.1), with the finding that the dialect brings. */
const ROWS: readonly (readonly [row: string, dialect: string, standard: string, finding: string])[] = [
  [
    'row 1: v1alpha1',
    'manifestVersion: v1alpha1',
    'manifestVersion: 1.0.0',
    'information dialect-manifest-version "v1alpha1"',
  ],
  [
    'row 2: a list with one model',
    'model: [{name: m, path: a}]',
    'model: {name: m, path: a}',
    'warning dialect-model-list "model"',
  ],
  ['row 2: an empty list', 'model: []', '{}', 'warning dialect-model-list "model"'],
  [
    'row 3: a list with several models',
    'model: [{path: a}, {name: p, path: b, framework: f, description: d}]',
    'model: {path: a, parts: [{name: p, path: b}], parameters: {parts: {p: {framework: f, description: d}}}}',
    'warning dialect-model-lists "model"',
  ],
  [
    'row 3: parts of a further model',
    'model: [{path: a}, {path: b, parts: [{path: c}]}]',
    'model: {path: a, parts: [{path: b}, {path: c}]}',
    'warning dialect-model-lists "model"',
  ],
  [
    'row 4: size and baseModel',
    'model: {path: a, size: 2GB}',
    'model: {path: a, parameters: {size: 2GB}}',
    'warning dialect-model-field "size"',
  ],
  [
    'row 4: beside parameters',
    'model: {path: a, baseModel: x, parameters: {baseModel: y}}',
    'model: {path: a, parameters: {baseModel: y, baseModel_2: x}}',
    'warning dialect-model-field "baseModel"',
  ],
  [
    'row 4: beside parameters of another kind',
    'model: {path: a, size: 1, parameters: [x]}',
    'model: {path: a, parameters: {parameters: [x], size: 1}}',
    'warning dialect-model-field "size"',
  ],
  [
    'row 7: one reference and no model',
    'modelParts: [{name: b, path: "reg.io/x:1", description: d}]',
    'model: {name: b, path: "reg.io/x:1", description: d}',
    'warning dialect-model-parts-reference "modelParts"',
  ],
  [
    'row 7: one reference and a model with a name',
    'model: {name: m}\nmodelParts: [{name: b, path: "reg.io/x:1"}]',
    'model: {name: m, path: "reg.io/x:1", parameters: {name: b}}',
    'warning dialect-model-parts-reference "modelParts"',
  ],
  [
    'row 7: a reference beside a local model',
    'model: {path: a}\nmodelParts: [{name: b, path: "reg.io/x:1", description: d}]',
    'model: {path: a, parameters: {baseModels: [{name: b, reference: "reg.io/x:1", description: d}]}}',
    'warning dialect-base-models "modelParts"',
  ],
  [
    'row 8: local parts',
    'model: {path: a}\nmodelParts: [{name: b, path: c}]',
    'model: {path: a, parts: [{name: b, path: c}]}',
    'warning dialect-model-parts "modelParts"',
  ],
  [
    'row 9: their descriptions',
    'model: {path: a, parts: [{path: p}]}\nmodelParts: [{name: b, path: c, description: d}]',
    'model: {path: a, parts: [{path: p}, {name: b, path: c}], parameters: {parts: {b: {description: d}}}}',
    'warning dialect-model-parts "modelParts"',
  ],
  [
    'row 10: samples of data',
    'datasets: [{path: a, samples: 5}]',
    'datasets: [{path: a, parameters: {samples: 5}}]',
    'warning dialect-datasets-field "samples"',
  ],
  [
    'row 11: names of code',
    'code: [{name: n, path: a, description: d}]',
    'code: [{path: a, description: "n: d"}]',
    'warning dialect-entry-name "name"',
  ],
  [
    'row 11: names of docs',
    'docs: [{name: n, path: a}]',
    'docs: [{path: a, description: n}]',
    'warning dialect-entry-name "name"',
  ],
  [
    'row 12: configs',
    'code: [{path: a}]\nconfigs: [{name: n, path: b, description: d}]',
    'code: [{path: a}, {path: b, description: "n: d"}]',
    'warning dialect-configs "configs"',
  ],
  [
    'row 13: metadata with a model',
    'model: {path: a}\nmetadata: {rate: 2e-5}',
    'model: {path: a, parameters: {metadata: {rate: 2e-5}}}',
    'warning dialect-metadata "metadata"',
  ],
  [
    'row 13: metadata with data only',
    'datasets: [{path: a}]\nmetadata: {x: 1}',
    'datasets: [{path: a, parameters: {metadata: {x: 1}}}]',
    'warning dialect-metadata "metadata"',
  ],
  [
    'row 14: the repository of the package',
    'package: {repository: "https://x"}\nmodel: {path: a}',
    'package: {}\nmodel: {path: a, parameters: {repository: "https://x"}}',
    'warning dialect-repository "repository"',
  ],
];

describe("the guide's dialect", () => {
  it.each(ROWS)('%s is packed as the standard form', (_, dialect, standard, finding) => {
    expect(configOf(dialect)).toBe(configOf(standard));
    expect(findings(dialect)).toContain(finding);
  });

  it.each(ROWS.filter(([, , , finding]) => finding.startsWith('warning')))(
    '%s is an error when strict',
    (_, dialect, _standard, finding) => {
      expect(findings(dialect, { strict: true })).toContain(finding.replace('warning', 'error'));
    },
  );

  it('row 13, 14: without anywhere to put it, it goes into annotations', () => {
    const { annotations } = parseKitfile('package: {repository: "https://x"}\nmetadata: {b: 1, a: 1.10}');
    expect(annotations).toEqual({
      'org.opencontainers.image.source': 'https://x',
      'vnd.modelkit.metadata': '{"a":1.1,"b":1}',
    });
  });

  it('row 11, 12: layers remember what they were called', () => {
    const { entries } = parseKitfile('code: [{name: n, path: a}]\nconfigs: [{name: c, path: b}, {path: d}]');
    expect(entries.map(({ path, note }) => [path, note])).toEqual([
      ['a', { name: 'n' }],
      ['b', { section: 'config', name: 'c' }],
      ['d', { section: 'config' }],
    ]);
  });

  it.each([
    [
      'row 5, 6, 15 to 17: what is standard',
      'package: {version: 1.0.0, authors: ["A <a@b>"]}\nmodel: {framework: f, version: "2.1.0"}',
    ],
  ])('%s brings nothing', (_, text) => {
    expect(findings(text)).toEqual([]);
  });

  it('row 19: the same path in configs and code is refused', () => {
    expect(findings('code: [{path: a}]\nconfigs: [{path: ./a}]')).toContain('error duplicate-path "./a"');
  });

  it.each([
    ['modelParts: {a: b}', 'error unknown-key "modelParts"'],
    ['modelParts: [x]', 'error unknown-key "modelParts"'],
    ['configs: [x]', 'error unknown-key "configs"'],
    ['model: [x]', 'error wrong-type "[x]"'],
    ['code: [{name: [x]}]', 'error unknown-key "name"'],
    ['package: {repository: [x]}', 'error unknown-key "repository"'],
  ])('is left to the schema where it makes no sense: %s', (text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });
});

describe('the Kitfiles of the guide', () => {
  it.each([1, 2, 3, 4])('number %i is packed without an error', (number) => {
    expect(findings(guide(number)).filter((finding) => finding.startsWith('error'))).toEqual([]);
  });

  it('number 4 loses no word', () => {
    const config = configOf(guide(4));
    for (const word of [
      'Sentence transformer for embeddings',
      'generation-adapter',
      '"documents":100000',
      'LoRA adapter for domain-specific generation',
    ])
      expect(config).toContain(word);
    expect(config).toContain('"reference":"registry.com/models/llama-2-13b-chat:latest"');
  });
});
