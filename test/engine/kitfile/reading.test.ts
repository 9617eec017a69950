import { describe, expect, it } from 'vitest';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { cpuTime } from '../../support/cpuTime.ts';
import { configOf, findings, firstError } from '../../support/kitfileText.ts';

const NAMED = '{"manifestVersion":"","package":{"name":"a"}}';

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('the bytes of a Kitfile', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffpackage:\n  name: a\n')],
    ['UTF-16, little endian', utf16('package:\n  name: a\n', false)],
    ['UTF-16, big endian', utf16('package:\n  name: a\n', true)],
    ['CRLF', Buffer.from('package:\r\n  name: a\r\n')],
    ['lone carriage returns', Buffer.from('package:\r  name: a\r')],
  ])('are read: %s', (_, bytes) => {
    expect(configOf(bytes)).toBe(NAMED);
  });

  it.each([
    ['broken UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'broken-utf8', 3],
    ['broken UTF-8 after a good U+FFFD', Buffer.from([0xef, 0xbf, 0xbd, 0x3a, 0x20, 0xc3]), 'broken-utf8', 3],
    ['NUL', Buffer.from('a: b\0'), 'control-character', 4],
    ['a control byte', Buffer.from('a: \x07'), 'control-character', 3],
    ['a tab in an empty line', Buffer.from('package:\n  name: a\n  \t\n'), 'tab-indentation', 21],
    ['a tab before a comment', Buffer.from('package:\n      \t# c\n  name: a\n'), 'tab-indentation', 15],
    ['a tab that indents', Buffer.from('package:\n\tname: a\n'), 'tab-indentation', 9],
  ])('are refused at their place: %s', (_, bytes, rule, start) => {
    const error = firstError(parseKitfile(bytes));
    expect(error).toMatchObject({ code: 'KITFILE_SYNTAX', rule, range: { start } });
  });
});

describe('tabs that kit does not mind', () => {
  it.each([
    'package:\n  name: a\t\n',
    'package:\n  name: a\n   \t# c\n',
    'package: {\n\tname: a}',
    'package:\n  name:\ta',
  ])('are read: %j', (text) => {
    expect(configOf(text)).toBe(NAMED);
  });
});

describe('a document', () => {
  it.each(['', '\n', '# only a comment\n'])('with nothing in it is refused in our words: %j', (text) => {
    expect(findings(text)).toEqual([expect.stringMatching(/^error empty/)]);
  });

  it.each(['---', '{}', '~'])('that is empty but there is a Kitfile: %s', (text) => {
    expect(configOf(text)).toBe('{"manifestVersion":"","package":{}}');
  });

  it.each(['- a', 'text', '5'])('that is no map is refused: %s', (text) => {
    expect(firstError(parseKitfile(text))).toMatchObject({ code: 'KITFILE_SCHEMA', rule: 'wrong-type' });
  });

  it.each(['---\nbroken: [\n', '--- \0\n'])('counts alone, whatever follows: %j', (rest) => {
    expect(findings(`package:\n  name: a\n${rest}`)).toEqual(['warning several-documents "---"']);
  });

  it.each(['authors: [\n"Ada",\n]', 'authors: ["Ada"\n]', 'authors:\n- "A\nda"\n'])(
    'has any indentation inside brackets and quotes: %j',
    (text) => {
      expect(
        firstError(parseKitfile(`package: {\n${text.startsWith('authors:\n') ? 'authors: ["A\nda"]' : text}}`)),
      ).toBeUndefined();
    },
  );

  it('keeps its places when brackets are indented oddly', () => {
    const text = 'package: {\nname: a,\nfoo: b }\ndocs:\n  - path: [\n1]\n';
    expect(findings(text)).toEqual(['error unknown-key "foo"', 'error wrong-type "[\n1]"']);
  });

  it.each([
    ['%YAML 1.2\n---\n{}', 'directive'],
    ['package: {name: !e!x y}', 'syntax'],
    ['package: {name: "\\/"}', 'escape'],
    ['package: {name: "\\ud800"}', 'escape'],
    ['package:\n  name: a\u2028b', 'line-separator'],
  ])('that kit reads otherwise, or not, is refused: %j', (text, rule) => {
    expect(configOf(text)).toBe(`KITFILE_SYNTAX: ${rule}`);
  });
});

describe('keys, anchors and merges', () => {
  it('names both places of a key that is there twice', () => {
    const { problems, text } = parseKitfile('package:\n  name: a\n  "name": b\n');
    const [problem] = problems;
    expect(problem?.rule).toBe('duplicate-key');
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe('"name"');
    expect(problem?.related?.[0]?.range).toEqual({ start: 11, end: 15 });
  });

  it('finds a key that is there twice in parameters too', () => {
    expect(configOf('model: {parameters: {1: a, "1": b}}')).toBe('KITFILE_SYNTAX: duplicate-key');
  });

  it.each([
    ['package: &p {name: a}\nmodel: {parameters: {x: *p}}', '"parameters":{"x":{"name":"a"}}'],
    ['model:\n  parameters:\n    a: &a {x: 1, y: 2}\n    b: {<<: *a, y: 3}', '"b":{"x":1,"y":3}'],
    ['model: {parameters: {<<: [{a: 1}, {a: 2, b: 3}], c: 4}}', '"parameters":{"a":1,"b":3,"c":4}'],
    ['model: {parameters: {<<: {1: x}}}', '"parameters":{"1":"x"}'],
    ['model: {parameters: {"<<": x}}', '"parameters":{"\\u003c\\u003c":"x"}'],
  ])('are resolved: %j', (text, part) => {
    expect(configOf(text)).toContain(part);
  });

  it.each([
    ['package: {name: *none}', 'unknown-anchor'],
    ['model: {parameters: &a [*a]}', 'circular-anchor'],
    ['model: {parameters: {<<: x}}', 'bad-merge'],
  ])('are refused: %j', (text, rule) => {
    expect(configOf(text)).toBe(`KITFILE_SYNTAX: ${rule}`);
  });
});

describe('a document beyond the limits', () => {
  const bomb = [
    'a0: &a0 [x,x,x,x,x,x,x,x,x]',
    ...Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`),
  ];

  it.each([
    ['an alias bomb', bomb.join('\n')],
    ['100,000 brackets', '['.repeat(100_000)],
    ['100,000 dashes', '- '.repeat(100_000)],
    ['1,000 levels of maps', Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    [
      '300 levels by aliases',
      ['a0: &a0 [x]', ...Array.from({ length: 300 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`)].join('\n'),
    ],
    ['a line of 5 MB', `a: ${'x'.repeat(5_000_000)}`],
    ['a text of 5 MB in many lines', `a: |\n${' x\n'.repeat(1_700_000)}`],
    ['200,000 keys', Array.from({ length: 200_000 }, (_, at) => `k${at}: v`).join('\n')],
    ['200,000 quoted texts', `a: ["${'\n"'.repeat(200_000)}`],
    ['more than 10 MiB of bytes', Buffer.alloc(10 * 1024 * 1024 + 1, 'a: b\n')],
    ['more than 10 MiB of text', 'a: é\n'.repeat(2_000_000)],
  ])('is refused fast: %s', { timeout: 20_000 }, (_, source) => {
    const parsed = parseKitfile(source);
    expect(parsed.kitfile).toBeUndefined();
    expect(firstError(parsed)?.code).toBe('KITFILE_LIMIT');
  });

  it.each([
    ['closing brackets', '}'.repeat(270_000)],
    ['colons', ': : :\n'.repeat(45_000)],
    ['two texts in a line', '"a" "b"\n'.repeat(34_000)],
    ['escapes in one text', `a: "${'\\q'.repeat(2_000_000)}"`],
    ['directives', `${'%FOO\n'.repeat(54_000)}---\na: 1\n`],
    ['texts beside a key', 'a\n b: c\n'.repeat(34_000)],
  ])('has its first mistake found fast among 50,000: %s', async (_, source) => {
    let rules: readonly string[] = [];
    const taken = await cpuTime(() => {
      rules = parseKitfile(source).problems.map(({ code }) => code);
    });
    expect(rules).toEqual(['KITFILE_SYNTAX']);
    expect(taken).toBeLessThan(1000);
  });

  it.each([
    ['entries of a wrong type', `code:\n${'  - a\n'.repeat(45_000)}`],
    ['a key again and again', `model:\n  parameters:\n${'    k: v\n'.repeat(20_000)}`],
    ['data inside other data', `datasets:\n${'  - {path: ., remotePath: "ghcr.io/a/b:1"}\n'.repeat(3000)}`],
  ])('has a thousand findings at most: %s', async (_, source) => {
    let found = 0;
    const taken = await cpuTime(() => {
      found = parseKitfile(source).problems.length;
    });
    expect(found).toBe(1000);
    expect(taken).toBeLessThan(2000);
  });

  it('may be 250 levels deep', () => {
    expect(configOf(`model: {parameters: ${'['.repeat(250)}${']'.repeat(250)}}`)).toContain('[[[[');
  });
});
