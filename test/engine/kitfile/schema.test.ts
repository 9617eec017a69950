import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { validatorFile, validatorSource } from '../../../scripts/kitfileValidator.mjs';
import { findings, firstError } from '../../support/kitfileText.ts';

describe('the generated validator', () => {
  it('is that of the schema', () => {
    expect(readFileSync(validatorFile, 'utf8')).toBe(validatorSource());
  });
});

describe('a field that is not known', () => {
  it.each([
    ['nmae: x', 'error unknown-key "nmae"'],
    ['Model: {path: a}', 'error unknown-key "Model"'],
    ['package:\n  foo: 1', 'error unknown-key "foo"'],
    ['model: {path: a, digest: x}', 'error unknown-key "digest"'],
    ['code:\n  - path: a\n    licence: MIT', 'error unknown-key "licence"'],
    ['foo:', 'error unknown-key "foo"'],
    ['[a]: x', 'error unknown-key "[a]"'],
    ['__proto__: x', 'error unknown-key "__proto__"'],
  ])('is marked at its key: %j', (text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });

  it.each([
    ['model: {framwork: x}', 'framework'],
    ['Package: {}', 'package'],
    ['code: [{licence: MIT}]', 'license'],
    ['datasets: [{Path: a}]', 'path'],
    ['model: {naem: x}', 'name'],
    ['modle: {}', 'model'],
    ['pakcage: {}', 'package'],
    ['package: {licnese: x}', 'license'],
    ['datasets: [{ptah: x}]', 'path'],
    ['mcp: []', 'mcpServers'],
    ['model: {frame: x}', 'framework'],
    ['model: {param: 1}', 'parameters'],
  ])('brings the field that was meant: %j', (text, suggestion) => {
    expect(firstError(parseKitfile(text))?.data?.suggestion).toBe(suggestion);
  });

  it('brings none that is there already, or that is not alike', () => {
    const { problems } = parseKitfile('package: {name: a, nam: b, elephant: c}');
    expect(problems.map(({ data }) => data?.suggestion)).toEqual(['1.0.0', undefined, undefined]);
  });

  it('is said once for all places that an alias brings it to', () => {
    expect(findings('code: [&x {path: a, foo: b}]\ndatasets: [*x]')).toEqual([
      'error duplicate-path "a"',
      'error unknown-key "foo"',
    ]);
  });
});

describe('a value of a wrong kind', () => {
  it.each([
    ['package: text', '"text"', '"package" must be a map: lines of the form "name: value", and this is a text.'],
    ['package: {name: [a]}', '"[a]"', '"name" of package must be one text, and this is a list.'],
    [
      'package: {authors: Ada}',
      '"Ada"',
      '"authors" of package must be a list: each entry in a line of its own that starts with a dash, and this is a text.',
    ],
    [
      'code: {path: a}',
      '"{path: a}"',
      '"code" must be a list: each entry in a line of its own that starts with a dash, and this is a map.',
    ],
    [
      'code:\n  - path: a\n  - b',
      '"b"',
      'Entry 2 of code must be a map: lines of the form "name: value", and this is a text.',
    ],
    [
      'model:\n  parts:\n    - path:\n        a: b',
      '"a: b"',
      '"path" of model.parts must be one text, and this is a map.',
    ],
  ])('is marked at the value: %j', (text, marked, message) => {
    expect(findings(text)).toEqual([`error wrong-type ${marked}`]);
    expect(firstError(parseKitfile(text))?.message).toBe(message);
  });

  it('is nothing when it is null, which is the same as absent', () => {
    expect(findings('package:\nmodel: ~\ncode:\n  -\n  - path: a\ndatasets: [null]\nmanifestVersion:')).toEqual([]);
  });
});

describe('all mistakes', () => {
  it('are told in one run, each once', () => {
    const text = 'nmae: x\npackage:\n  version: [1]\ncode:\n  - pth: a\n  - path: b\n    descripton: c\n';
    expect(findings(text)).toEqual([
      'error unknown-key "nmae"',
      'error wrong-type "[1]"',
      'error unknown-key "pth"',
      'error unknown-key "descripton"',
    ]);
  });

  it('name the fields that an MCP server needs', () => {
    expect(findings('mcpServers: [{description: x}]')).toEqual([
      'error missing-key "description"',
      'error missing-key "description"',
    ]);
  });
});
