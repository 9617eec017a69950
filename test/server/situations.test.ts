import { describe, expect, it } from 'vitest';
import { afterTaking, contextWith, offeredAt, typedAfterTaking } from './support/features.ts';

const context = contextWith({
  '/kit/model/w.safetensors': 5,
  '/kit/data/train set.csv': 5,
  '/kit/my docs/a b.md': 1,
  '/kit/README.md': 3,
  '/kit/train.py': 2,
});

describe('what somebody takes from the list gives', () => {
  it.each([
    ['the first key', '|', 'manifestVersion', 'manifestVersion: 1.0.0'],
    ['the first key below a comment', '# mine\n|', 'manifestVersion', '# mine\nmanifestVersion: 1.0.0'],
    ['a key that was begun', 'm|', 'model', 'model:\n  '],
    ['a version', 'manifestVersion: |', '1.0.0', 'manifestVersion: 1.0.0'],
    ['a version right behind the colon', 'manifestVersion:|', '1.0.0', 'manifestVersion: 1.0.0'],
    ['a version that was begun there', 'manifestVersion:1|', '1.0.0', 'manifestVersion: 1.0.0'],
    ['a section at the end without a newline', 'model:\n  name: x\n|', 'code', 'model:\n  name: x\ncode:\n  - path: '],
    ['a field below its section', 'model:\n  |', 'name', 'model:\n  name: '],
    ['a field beside its section', 'model: |', 'name', 'model:\n  name: '],
    ['a field behind the colon of its section', 'model:|', 'name', 'model:\n  name: '],
    ['a field that was begun', 'model:\n  fr|', 'framework', 'model:\n  framework: '],
    [
      'a field in the middle of a CRLF file',
      'model:\r\n  |\r\n  name: x\r\n',
      'path',
      'model:\r\n  path: \r\n  name: x\r\n',
    ],
    [
      'a field with three columns, as the others',
      'package:\n   name: x\n   |',
      'version',
      'package:\n   name: x\n   version: ',
    ],
    ['a field behind a tab, which YAML does not know', 'model:\n\t|', 'name', 'model:\n  name: '],
    ['a field that was begun behind a tab', 'model:\n\tna|', 'name', 'model:\n  name: '],
    ['a field beside one, behind a tab', 'model:\n  name: x\n\t|', 'path', 'model:\n  name: x\n  path: '],
    ['a framework', 'model:\n  framework: py|', 'pytorch', 'model:\n  framework: pytorch'],
    ['a framework in quotes', 'model:\n  framework: "py|"', 'pytorch', 'model:\n  framework: "pytorch"'],
    ['a framework without the blank', 'model:\n  framework:py|', 'pytorch', 'model:\n  framework: pytorch'],
    [
      'one below other fields',
      'model:\n  name: x\n  framework:py|',
      'pytorch',
      'model:\n  name: x\n  framework: pytorch',
    ],
    [
      'one above other fields',
      'model:\n  framework:py|\n  name: x',
      'pytorch',
      'model:\n  framework: pytorch\n  name: x',
    ],
    ['a framework in a CRLF file', 'model:\r\n  framework: py|\r\n', 'pytorch', 'model:\r\n  framework: pytorch\r\n'],
    ['a format', 'model:\n  format: s|', 'safetensors', 'model:\n  format: safetensors'],
    ['a licence', 'package:\n  license: Apa|', 'Apache-2.0', 'package:\n  license: Apache-2.0'],
    ['a licence in brackets', 'package: {license: M|}', 'MIT', 'package: {license: MIT}'],
    ['a whole item', 'datasets:\n  |', '- name, path', 'datasets:\n  - name: \n    path: '],
    ['a field of a new item', 'datasets:\n  - |', 'name', 'datasets:\n  - name: '],
    ['a field behind a bare dash', 'datasets:\n  - name: a\n  -|', 'path', 'datasets:\n  - name: a\n  - path: '],
    ['another field of an item', 'code:\n  - path: a\n    li|', 'license', 'code:\n  - path: a\n    license: '],
    ['a field in braces', 'model: {|}', 'name', 'model: {name: }'],
    ['a field behind a comma', 'model: {name: x, |}', 'path', 'model: {name: x, path: }'],
    ['a map in brackets', 'code: [|]', '{ }', 'code: [{  }]'],
    ['a folder', 'datasets:\n- path: |', 'data/', 'datasets:\n- path: data/'],
    ['a folder without the blank', 'datasets:\n- path:da|', 'data/', 'datasets:\n- path: data/'],
    [
      'a file with a blank',
      'datasets:\n  - path: data/tr|',
      'train set.csv',
      'datasets:\n  - path: data/train set.csv',
    ],
    [
      'one whose blank was typed',
      'datasets:\n  - path: data/train s|',
      'train set.csv',
      'datasets:\n  - path: data/train set.csv',
    ],
    [
      'one in quotes',
      'datasets:\n  - path: "data/train s|"',
      'train set.csv',
      'datasets:\n  - path: "data/train set.csv"',
    ],
    ['a file without the blank', 'code:\n  - path:tr|', 'train.py', 'code:\n  - path: train.py'],
    ['a file below a dot', 'docs:\n  - path: ./|', 'README.md', 'docs:\n  - path: ./README.md'],
    ['a file after a quote that nobody closed', 'docs:\n  - path: "|', 'README.md', 'docs:\n  - path: "README.md"'],
    ['a file in braces', 'model: {path: m|, name: x}', 'README.md', 'model: {path: README.md, name: x}'],
    ['a file of a part', 'model:\n  parts:\n    - path: |', 'README.md', 'model:\n  parts:\n    - path: README.md'],
  ])('%s', async (_, before, label, after) => {
    expect(afterTaking(await offeredAt(before, context), label)).toBe(after);
  });

  it('a cursor behind a folder, where the next name goes', async () => {
    const offered = await offeredAt('docs:\n  - path:my|', context);
    expect(typedAfterTaking(offered, 'my docs/')).toBe('docs:\n  - path: my docs/|');
  });
});

describe('nothing is offered', () => {
  it.each([
    ['in a comment', 'model:\n  name: a\n  # |'],
    ['in free text', 'model:\n  description: |'],
    ['in a text of several lines', 'docs:\n  - path: a\n    description: >\n      te|'],
    ['in parameters', 'model:\n  parameters:\n    |'],
    ['behind an address', 'model:\n  description: see\n    http://x|'],
    ['for an author', 'package:\n  authors: [|]'],
  ])('%s', async (_, text) => {
    expect((await offeredAt(text, context)).labels).toEqual([]);
  });
});

describe('a whole Kitfile', () => {
  it.each(['|', '\n|', '# ours\n|', '# ours\n\n|\n# end\n'])('is offered while there is none: %j', async (text) => {
    expect((await offeredAt(text, context)).labels[0]).toBe('Kitfile');
  });
});
