import { describe, expect, it } from 'vitest';
import { complete, resolveCompletion } from '../../server/features/completion.ts';
import { cursorIn } from './support/cursor.ts';
import { afterTaking, contextWith, offeredAt, typedAfterTaking, VSCODE } from './support/features.ts';

const SECTIONS = ['manifestVersion', 'package', 'model', 'code', 'datasets', 'docs', 'prompts', 'mcpServers'];

describe('an empty document', () => {
  it('offers a whole Kitfile, then the sections in the order of the format', async () => {
    const { labels } = await offeredAt('|');
    expect(labels).toEqual(['Kitfile', ...SECTIONS]);
  });

  it('becomes a whole Kitfile', async () => {
    const text = afterTaking(await offeredAt('|'), 'Kitfile');
    expect(text).toContain('manifestVersion: 1.0.0\npackage:\n  name: my-model\n');
    expect(text).toContain('datasets:\n  - name: training\n    path: ./data\n');
  });

  it('offers the whole Kitfile for the first letters too', async () => {
    expect(afterTaking(await offeredAt('  Kit|'), 'Kitfile')).toMatch(/^manifestVersion: 1\.0\.0\npackage:/);
  });
});

describe('keys', () => {
  it('are offered only while they are missing', async () => {
    const { labels } = await offeredAt('manifestVersion: 1.0.0\n|\nmodel:\n  name: m\n');
    expect(labels).toEqual(SECTIONS.filter((key) => key !== 'manifestVersion' && key !== 'model'));
  });

  it('carry the description and the type of the schema', async () => {
    const { items } = await offeredAt('model:\n  |');
    const framework = items.find(({ label }) => label === 'framework');
    expect(framework?.detail).toBe('text');
    expect(framework?.documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('`pytorch`') });
  });

  it.each([
    ['on a new indented line', 'model:\n  |', 'model:\n  name: |'],
    ['half typed', 'model:\n  na|\n', 'model:\n  name: |\n'],
    [
      'half typed between others',
      'model:\n  path: m\n  na|\n  license: MIT\n',
      'model:\n  path: m\n  name: |\n  license: MIT\n',
    ],
    ['behind the colon of a map', 'model: |', 'model:\n  name: |'],
    ['right behind the colon of a map', 'model:|', 'model:\n  name: |'],
    ['behind a dash', 'datasets:\n  - |', 'datasets:\n  - name: |'],
    ['right behind a dash', 'datasets:\n  -|', 'datasets:\n  - name: |'],
    ['below the first key of an item', 'datasets:\n  - path: d\n    |', 'datasets:\n  - path: d\n    name: |'],
    [
      'in an item whose dash stands under its section',
      'datasets:\n- path: d\n  na|',
      'datasets:\n- path: d\n  name: |',
    ],
    ['one column too far to the right', 'model:\n  path: m\n   |', 'model:\n  path: m\n  name: |'],
    ['in brackets', 'package: { | }', 'package: { name: | }'],
    ['in brackets before another key', 'package: { | version: 1.0.0 }', 'package: { name: |,  version: 1.0.0 }'],
    ['in brackets that are still open', 'package: { version: 1.0.0, na|', 'package: { version: 1.0.0, name: |'],
    ['in brackets in a list', 'datasets: [{ path: d, | }]', 'datasets: [{ path: d, name: | }]'],
    ["in the guide's list of models", 'model:\n  - |', 'model:\n  - name: |'],
    ['with lines that end as on Windows', 'model:\r\n  na|\r\ncode:\r\n', 'model:\r\n  name: |\r\ncode:\r\n'],
    ['below a comment', 'model:\n  # the model\n  |', 'model:\n  # the model\n  name: |'],
    [
      'below a text of several lines',
      'model:\n  description: |-\n    a: b\n  |',
      'model:\n  description: |-\n    a: b\n  name: |',
    ],
  ])('are written right %s', async (_where, marked, expected) => {
    expect(typedAfterTaking(await offeredAt(marked), 'name')).toBe(expected);
  });

  it.each([
    ['package', 'package:\n  |'],
    ['model', 'model:\n  |'],
    ['code', 'code:\n  - path: |'],
    ['datasets', 'datasets:\n  - name: |\n    path: '],
    ['manifestVersion', 'manifestVersion: 1.0.0'],
  ])('of the section %s bring the beginning of its content', async (section, expected) => {
    expect(typedAfterTaking(await offeredAt('|'), section)).toBe(expected);
  });

  it('replace the whole key and leave its value', async () => {
    expect(afterTaking(await offeredAt('model:\n  nam|ex: m\n'), 'name')).toBe('model:\n  name: m\n');
  });

  it('get their colon when only that is missing', async () => {
    expect(afterTaking(await offeredAt('mod|\n  name: m\n'), 'model')).toBe('model:\n  name: m\n');
  });

  it('are not offered within free-form parameters', async () => {
    expect((await offeredAt('model:\n  parameters:\n    |')).labels).toEqual([]);
  });
});

describe('list items', () => {
  it('are offered with their main keys, then with each key', async () => {
    const { labels } = await offeredAt('code:\n  |');
    expect(labels).toEqual(['- path', '- description', '- license']);
  });

  it.each([
    ['in a new line', 'datasets:\n  |', 'datasets:\n  - name: |\n    path: '],
    ['behind the colon', 'datasets: |', 'datasets:\n  - name: |\n    path: '],
    ['after another item', 'datasets:\n  - path: a\n  |', 'datasets:\n  - path: a\n  - name: |\n    path: '],
    ['before another item', 'datasets:\n  |\n  - path: a\n', 'datasets:\n  - name: |\n    path: \n  - path: a\n'],
    ['below the section', 'datasets:\n- path: a\n|', 'datasets:\n- path: a\n- name: |\n  path: '],
  ])('are written right %s', async (_where, marked, expected) => {
    expect(typedAfterTaking(await offeredAt(marked), '- name, path')).toBe(expected);
  });
});

describe('nothing is offered', () => {
  it.each([
    ['in a comment', '# model |'],
    ['behind a finished value', 'model:\n  name: m |'],
    ['in a comment behind a value', 'model:\n  framework: onnx # |'],
    ['in a text of several lines', 'model:\n  description: |\n    about |'],
    ['where such a text goes on', 'model:\n  description: >-\n    about\n    |'],
    ['in a quoted text of several lines', 'model:\n  description: "about\n    m|"'],
    ['in a second document', 'model:\n---\n|'],
    ['for free text', 'model:\n  description: |'],
    ['behind a value in brackets', 'package: { name: x | }'],
    ['left of a map that goes on below', 'model:\n  name: m\n|\n  path: p\n'],
    ['between the items of a list, for its parent', 'code:\n  - path: a\n|\n  - path: b\n'],
    ['beside a map that stands below', 'model: |\n  name: m'],
  ])('%s', async (_where, marked) => {
    expect((await offeredAt(marked)).labels).toEqual([]);
  });
});

describe('values', () => {
  it.each([
    ['frameworks', 'model:\n  framework: |', 'pytorch'],
    ['formats', 'model:\n  format: sa|', 'safetensors'],
    ['manifest versions', 'manifestVersion: |', '1.0.0'],
    ['types of parts', 'model:\n  parts:\n    - type: |', 'lora'],
    ['licences', 'package:\n  license: Apa|', 'Apache-2.0'],
    ['values in brackets', 'model: { framework: | }', 'onnx'],
  ])('are offered: %s', async (_what, marked, label) => {
    expect((await offeredAt(marked)).labels).toContain(label);
  });

  it('of licences carry the full name, usual ones first', async () => {
    const { items } = await offeredAt('package:\n  license: |');
    expect(items.slice(0, 3).map(({ label }) => label)).toEqual(['Apache-2.0', 'CC-BY-4.0', 'MIT']);
    expect(items.find(({ label }) => label === 'MIT')?.detail).toBe('MIT License');
  });

  it.each([
    ['in the place of the old one', 'model:\n  framework: py|thon\n', 'model:\n  framework: onnx\n'],
    ['in quotes', 'model:\n  framework: "|"\n', 'model:\n  framework: "onnx"\n'],
    [
      'in quotes that are still open',
      "model:\n  framework: 'on|\n  name: m\n",
      "model:\n  framework: 'onnx'\n  name: m\n",
    ],
    ['right behind the colon', 'model:\n  framework:|\n', 'model:\n  framework: onnx\n'],
    ['before a comment', 'model:\n  framework: | # which\n', 'model:\n  framework: onnx # which\n'],
  ])('are written %s', async (_where, marked, expected) => {
    expect(afterTaking(await offeredAt(marked), 'onnx')).toBe(expected);
  });
});

describe('paths', () => {
  const files = {
    '/kit/Kitfile': 10,
    '/kit/.kitignore': 10,
    '/kit/model/a.safetensors': 5_000_000,
    '/kit/model/config.json': 200,
    '/kit/train.py': 100,
    '/kit/data.csv': 100,
    '/kit/odd: name.csv': 100,
    '/kit/secrets.csv': 100,
    "/kit/it's.csv": 100,
  };
  const context = contextWith(files, { ignores: async () => (path) => path === 'secrets.csv' });

  it('come with folders and what suits the section first, ignored ones last', async () => {
    const { labels } = await offeredAt('datasets:\n  - path: |', context);
    expect(labels).toEqual(['model/', 'data.csv', "it's.csv", 'odd: name.csv', 'train.py', 'secrets.csv', '.']);
  });

  it.each([
    ['a file', 'code:\n  - path: tr|', 'train.py', 'code:\n  - path: train.py'],
    ['a folder, to go on in', 'code:\n  - path: |', 'model/', 'code:\n  - path: model/|'],
    ['a file in a folder', 'model:\n  path: model/|', 'a.safetensors', 'model:\n  path: model/a.safetensors'],
    ['a file as it was begun', 'model:\n  path: ./model/a|', 'a.safetensors', 'model:\n  path: ./model/a.safetensors'],
    ['a name that needs quotes', 'code:\n  - path: |', 'odd: name.csv', "code:\n  - path: 'odd: name.csv'"],
    ['a name with a quote, in quotes', "code:\n  - path: 'i|'", "it's.csv", "code:\n  - path: 'it''s.csv'"],
    ['a name with a quote, without', 'code:\n  - path: |', "it's.csv", "code:\n  - path: it's.csv"],
    ['a file in the place of another', 'code:\n  - path: t|est.py # x', 'train.py', 'code:\n  - path: train.py # x'],
    ['a file in brackets', 'code: [{ path: | }]', 'train.py', 'code: [{ path: train.py }]'],
  ])('are written: %s', async (_what, marked, label, expected) => {
    expect(typedAfterTaking(await offeredAt(marked, context), label)).toBe(expected);
  });

  it('never leave the folder', async () => {
    expect((await offeredAt('code:\n  - path: ../|', context)).labels).toEqual([]);
    expect((await offeredAt('code:\n  - path: model/../../|', context)).labels).toEqual([]);
    expect((await offeredAt('code:\n  - path: /|', context)).labels).toEqual([]);
  });

  it('are not offered in a document without a folder', async () => {
    expect((await offeredAt('code:\n  - path: |', { ...context, folder: undefined })).labels).toEqual([]);
  });

  it('get their size when one of them is looked at', async () => {
    const { items } = await offeredAt('model:\n  path: model/|', context);
    const [first] = items;
    expect(first && (await resolveCompletion(first, context)).detail).toBe('4.8 MiB');
  });

  it('of a huge folder are those that begin as typed, and the client asks again', async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`/kit/data/${at}.csv`, 1]));
    const { document, position } = cursorIn('datasets:\n  - path: data/29|');
    const list = await complete(document, position, contextWith(many));
    expect(list.isIncomplete).toBe(true);
    expect(list.items).toHaveLength(111);
  });
});

describe('a client without snippets', () => {
  const context = contextWith({}, { abilities: { ...VSCODE, snippets: false, keepsIndentation: false } });

  it('gets plain text', async () => {
    const { items } = await offeredAt('datasets:\n  - |', context);
    expect(items[0]?.textEdit?.newText).toBe('name: ');
    expect(items[0]?.insertTextFormat).toBe(1);
  });

  it('gets lines without the indentation that it adds itself', async () => {
    const { items } = await offeredAt('model:\n  |', context);
    expect(items.find(({ label }) => label === 'parts')?.textEdit?.newText).toBe('parts:\n  - name: \n    path: ');
  });
});

describe('a document larger than 1 MiB', () => {
  it('has no completion', async () => {
    expect((await offeredAt(`${'# filler\n'.repeat(130_000)}|`)).labels).toEqual([]);
  });
});
