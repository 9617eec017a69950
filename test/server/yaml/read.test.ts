import { describe, expect, it } from 'vitest';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { textOf } from '../../../server/yaml/chain.ts';
import type { YamlNode } from '../../../server/yaml/nodes.ts';
import { readYaml } from '../../../server/yaml/read.ts';
import { cpuTime } from '../../support/cpuTime.ts';
import { KITFILES } from '../support/kitfiles.ts';

describe('a whole Kitfile', () => {
  it.each(KITFILES)('%s reads as a strict parser reads it', (_name, text) => {
    expect(shape(readYaml(text).root, text)).toEqual(strictShape(parseDocument(text).contents, text));
  });
});

describe('a Kitfile while it is typed', () => {
  const read = (text: string) => shape(readYaml(text).root, text);

  it('keeps a key without its colon', () => {
    expect(read('model:\n  na\n  path: m\n')).toEqual([
      [
        'model',
        [
          ['na', null],
          ['path', 'm'],
        ],
      ],
    ]);
  });

  it('keeps what is below a key without its colon', () => {
    expect(read('mod\n  path: m\ncode:\n')).toEqual([
      ['mod', [['path', 'm']]],
      ['code', null],
    ]);
  });

  it('ends an open quote with its line', () => {
    expect(read('model:\n  name: "abc\n  path: m\n')).toEqual([
      [
        'model',
        [
          ['name', 'abc'],
          ['path', 'm'],
        ],
      ],
    ]);
  });

  it('ends open brackets before the next key', () => {
    expect(read('package: { name: x, authors: [a\nmodel:\n  path: m\n')).toEqual([
      [
        'package',
        [
          ['name', 'x'],
          ['authors', ['- a']],
        ],
      ],
      ['model', [['path', 'm']]],
    ]);
  });

  it('keeps a dash alone', () => {
    expect(read('code:\n  -\n  - path: a\n')).toEqual([['code', ['-', ['-', [['path', 'a']]]]]]);
  });

  it('keeps a key in a wrong column', () => {
    expect(read('model:\n  name: x\n    path: y\n')).toEqual([
      [
        'model',
        [
          ['name', 'x'],
          ['path', 'y'],
        ],
      ],
    ]);
  });

  it('keeps a list below a key that has a value still', () => {
    expect(read('code: x\n  - path: a\nmodel:\n')).toEqual([
      ['code', [['-', [['path', 'a']]]]],
      ['model', null],
    ]);
  });

  it('reads the first document only', () => {
    expect(read('%YAML 1.2\n---\nmodel:\n---\ncode:\n')).toEqual([['model', null]]);
  });
});

describe('a hostile document', () => {
  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['steps', Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['one long line', `a: ${'x'.repeat(1_000_000)}`],
    ['one long line of brackets', `a: [${'{b: c}, '.repeat(100_000)}]`],
    ['open quotes', '  a: "\n'.repeat(100_000)],
    ['open quotes behind backslashes', '  a: "\\\n'.repeat(100_000)],
    ['words', 'word\n'.repeat(100_000)],
    ['words before keys', 'word\na: b\n'.repeat(100_000)],
    ['comments', '# a\n'.repeat(200_000)],
    ['NUL and half a pair', 'a: \0\ud800\nb: \udc00'],
    ['tabs', '\tmodel:\n\t\tname: x\n'],
  ])('of %s is read in linear time', async (_what, text) => {
    expect(await cpuTime(() => readYaml(text))).toBeLessThan(1000);
  });
});

type Shape = string | null | readonly unknown[];

/** Keys and values as they are written; list items behind a dash. */
function shape(node: YamlNode | undefined, text: string): Shape {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.style === 'block' ? '|' : textOf(text, node.content);
  if (node.kind === 'mapping')
    return node.entries.map(({ key, value }) => [textOf(text, key.content), shape(value, text)]);
  return node.items.map(({ value }) => itemShape(shape(value, text)));
}

function strictShape(node: unknown, text: string): Shape {
  if (isMap<Node, Node>(node))
    return node.items.map(({ key, value }) => [strictShape(key, text), strictShape(value, text)]);
  if (isSeq(node)) return node.items.map((item) => itemShape(strictShape(item, text)));
  if (!isScalar(node) && !isAlias(node)) return null;
  const [start = 0, end = 0] = node.range ?? [];
  if (isAlias(node) || node.type === 'PLAIN') return start === end ? null : text.slice(start, end);
  return node.type?.startsWith('BLOCK') ? '|' : text.slice(start + 1, end - 1);
}

function itemShape(value: Shape): unknown {
  if (value === null) return '-';
  return typeof value === 'string' ? `- ${value}` : ['-', value];
}
