import { describe, expect, it } from 'vitest';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { isModelReference } from '../../../engine/kitfile/reference.ts';
import { findings, firstError } from '../../support/kitfileText.ts';

const DIGEST = `sha256:${'4'.repeat(64)}`;

describe('the version of the format', () => {
  it.each([
    ['manifestVersion: 1.0.0', []],
    ['manifestVersion: 2.0.0', ['warning manifest-version-unknown "2.0.0"']],
    ['manifestVersion: v1.0.0', ['warning manifest-version-unknown "v1.0.0"']],
  ])('is 1.0.0: %s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('is asked for where it is missing', () => {
    const [problem] = parseKitfile('package: {name: a}').problems;
    expect(problem).toMatchObject({
      rule: 'manifest-version-missing',
      severity: 'warning',
      range: { start: 0, end: 7 },
    });
  });
});

describe('two entries of one path', () => {
  it.each([
    ['code: [{path: a}]\ndocs: [{path: a}]', 'error duplicate-path "a"'],
    ['code: [{path: ./a}]\ndocs: [{path: a/}]', 'error duplicate-path "a/"'],
    ['code: [{path: x/../a}]\ndocs: [{path: a}]', 'error duplicate-path "a"'],
    ['model: {name: m}\ncode: [{path: .}]', 'error duplicate-path "."'],
    ['code: [{description: x}, {path: ./}]', 'error duplicate-path "./"'],
  ])('are refused: %j', (text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });

  it('show both places, and that an older kit took what is only spelt differently', () => {
    const text = 'code: [{path: ./a}]\ndatasets: [{name: d, path: a}]';
    const problem = firstError(parseKitfile(text));
    expect(problem?.message).toBe(
      'code entry 1 and data set d use the same path "a". Remove one of them. kit before 1.12 packed both, with the same files.',
    );
    expect(problem?.related?.map(({ range }) => text.slice(range.start, range.end))).toEqual(['./a']);
  });
});

describe('a path', () => {
  it.each([
    ['/a', 'PATH_OUTSIDE', 'path-absolute'],
    ['C:\\a', 'PATH_OUTSIDE', 'path-absolute'],
    ['c:/a', 'PATH_OUTSIDE', 'path-absolute'],
    ['\\\\srv\\x', 'PATH_OUTSIDE', 'path-absolute'],
    ['..', 'PATH_OUTSIDE', 'path-outside'],
    ['a/../../b', 'PATH_OUTSIDE', 'path-outside'],
    ['http://x.org/y', 'PATH_OUTSIDE', 'path-url'],
    ['s3://x/y', 'PATH_OUTSIDE', 'path-s3'],
    ['ghcr.io/x/y:1', 'KITFILE_RULE', 'reference-not-allowed'],
    ['localhost:5000/x:1', 'KITFILE_RULE', 'reference-not-allowed'],
    ['..a', 'PATH_UNSUPPORTED', 'path-dots'],
    ['a..b/c', 'PATH_UNSUPPORTED', 'path-dots'],
  ])('of code %j is refused', (path, code, rule) => {
    expect(firstError(parseKitfile(`code: [{path: ${JSON.stringify(path)}}]`))).toMatchObject({ code, rule });
  });

  it.each(['a/../b', './a', '.', 'with space', '.env', '\\x', '@a', 'C:'])('of code %j is taken', (path) => {
    expect(firstError(parseKitfile(`code: [{path: ${JSON.stringify(path)}}]`))).toBeUndefined();
  });

  it('that could be a reference is taken for a file, with a warning', () => {
    expect(findings('docs: [{path: "x:y"}]')).toEqual(['warning path-like-reference ""x:y""']);
  });

  it.each(['http://x.org/y', 's3://x/y', '/a', '../a'])('of the model %j is refused', (path) => {
    expect(firstError(parseKitfile(`model: {path: "${path}"}`))?.code).toBe('PATH_OUTSIDE');
  });

  it('inside that of another entry is packed there only, which is said', () => {
    expect(findings('model: {path: ./models/}\ncode: [{path: ./models/x.py}]')).toEqual([
      'information nested-path "./models/x.py"',
    ]);
  });
});

describe('a reference to a ModelKit', () => {
  it.each([
    ['org/m:1', true],
    ['ghcr.io/org/m@'.concat(DIGEST), true],
    ['./models/l:7b', true],
    ['dir/x:y', true],
    [DIGEST, true],
    ['C:\\models', false],
    ['org/m', false],
    ['./models', false],
    ['', false],
    ['Org/M:1', false],
    ['a@b', false],
  ])('%j: %s', (path, expected) => {
    expect(isModelReference(path)).toBe(expected);
  });

  it('as the path of the model makes no layer', () => {
    const { entries, problems } = parseKitfile(
      'manifestVersion: 1.0.0\nmodel: {path: "ghcr.io/a/b:1", parts: [{path: p}]}',
    );
    expect(problems).toEqual([]);
    expect(entries.map(({ section, path }) => `${section} ${path}`)).toEqual(['model.parts p']);
  });
});

describe('the type of a part', () => {
  it.each([
    ['lora', undefined],
    ['a.b-c_d', undefined],
    ['x'.repeat(64), undefined],
    ['x'.repeat(65), 'part-type'],
    ['config file', 'part-type'],
    ['-x', 'part-type'],
    ['é', 'part-type'],
  ])('%s', (type, rule) => {
    expect(firstError(parseKitfile(`model: {parts: [{path: a, type: ${type}}]}`))?.rule).toBe(rule);
  });
});

describe('remote data', () => {
  it.each([
    ['remotePath: "s3://b/x", remoteHash: abc', []],
    ['remotePath: "s3://b/x"', ['error remote-hash-missing ""s3://b/x""']],
    ['remoteHash: abc', ['error remote-hash-alone "abc"']],
    ['remotePath: "ghcr.io/a/b:1"', []],
    ['remotePath: "ghcr.io/a/b:1", remoteHash: abc', ['warning remote-hash-ignored "abc"']],
    ['remotePath: "https://x.org/y"', ['error remote-path ""https://x.org/y""']],
  ])('%s', (fields, expected) => {
    expect(findings(`datasets: [{path: d, ${fields}}]`)).toEqual(expected);
  });

  it('leaves no room for other entries, and makes no layer', () => {
    const text = 'datasets: [{name: d, path: data, remotePath: "ghcr.io/a/b:1"}]\ncode: [{path: data/x.py}]';
    expect(findings(text)).toEqual(['error inside-remote-data "data/x.py"']);
    expect(parseKitfile(text).entries.map(({ section }) => section)).toEqual(['code']);
  });
});

describe('an MCP server', () => {
  it.each([
    ['{name: a, path: a.mcpb}', []],
    ['{name: a, path: a.zip}', ['error mcp-suffix "a.zip"']],
    ['{name: a, path: a.mcpb}, {name: a, path: b.mcpb}', ['error mcp-name "a"']],
  ])('%s', (servers, expected) => {
    expect(findings(`mcpServers: [${servers}]`)).toEqual(expected);
  });
});
