import { describe, expect, it } from 'vitest';
import { configOf } from '../../support/kitfileText.ts';

/** What a value of parameters is in the config. */
function json(value: string): string {
  const config = configOf(`manifestVersion: 1.0.0\nmodel:\n  parameters:\n    v: ${value}\n`);
  return /"v":(.*)\}\}\}$/s.exec(config)?.[1] ?? config;
}

describe('a value in parameters', () => {
  it.each([
    ['0x1F', '31'],
    ['-0x1F', '-31'],
    ['0b11', '3'],
    ['0b-11', '-3'],
    ['0o17', '15'],
    ['017', '15'],
    ['08', '8'],
    ['1_000', '1000'],
    ['+5', '5'],
    ['1.2e+3', '1200'],
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['+9223372036854775808', '9223372036854776000'],
    ['123456789012345678901234567890', '1.2345678901234568e+29'],
    ['-0.0', '-0'],
    ['-0', '0'],
    ['2e-5', '0.00002'],
    ['1e-7', '1e-7'],
    ['1e21', '1e+21'],
    ['1e400', '"1e400"'],
    ['.5_0', '0.5'],
    ['._5', '"._5"'],
    ['True', 'true'],
    ['yes', '"yes"'],
    ['on', '"on"'],
    ['~', 'null'],
    ['12:30:45', '"12:30:45"'],
    ['2024-01-02', '"2024-01-02T00:00:00Z"'],
    ['2024-1-2', '"2024-01-02T00:00:00Z"'],
    ['2024-02-30', '"2024-02-30"'],
    ['2024-01-02T03:04:05.100+02:00', '"2024-01-02T03:04:05.1+02:00"'],
    ['2024-01-02 3:4:5', '"2024-01-02T03:04:05Z"'],
    ['2024-01-02 03:04:05Z', '"2024-01-02 03:04:05Z"'],
    ['"2024-01-02"', '"2024-01-02"'],
    ['!!binary aGk=', '"hi"'],
    ['!!binary /+8=', '"\\ufffd\\ufffd"'],
    ['!!str 5', '"5"'],
    ['!!int "5"', '5'],
    ['!!float 5', '5'],
    ['!!js/function "x"', '"x"'],
    ['"<a>&\\u2028\\b\\f\\x01\\x7f"', '"\\u003ca\\u003e\\u0026\\u2028\\b\\f\\u0001\x7f"'],
    ['{b: 1, a: 2, B: 3, "9": 4, 😀: 5, "\\uFFFD": 6}', '{"9":4,"B":3,"a":2,"b":1,"\uFFFD":6,"😀":5}'],
    ['{__proto__: 1, constructor: 2, toString: 3}', '{"__proto__":1,"constructor":2,"toString":3}'],
  ])('%s is %s', (value, expected) => {
    expect(json(value)).toBe(expected);
  });

  it.each([
    ['.inf', 'not-a-number'],
    ['.nan', 'not-a-number'],
    ['{1: a}', 'key-not-text'],
    ['{true: a}', 'key-not-text'],
    ['{[a]: b}', 'key-not-text'],
    ['!!int x', 'tag-mismatch'],
    ['!!bool yes', 'tag-mismatch'],
    ['!!binary aGk', 'tag-mismatch'],
  ])('%s is refused: %s', (value, rule) => {
    expect(json(value)).toMatch(new RegExp(`^KITFILE_\\w+: ${rule}$`));
  });
});

describe('a text field', () => {
  it.each(['1.0', '1.10', '007', 'true', '2024-01-02', '0x1F'])('keeps %s as it was written', (value) => {
    expect(configOf(`package: {version: ${value}}`)).toBe(`{"manifestVersion":"","package":{"version":"${value}"}}`);
  });
});
