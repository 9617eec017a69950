import type { ParameterValue } from './model.ts';

/** A value as Go's encoding/json writes it: compact, maps sorted by the bytes of their keys (spec 1.4, 1.6). */
export function goJson(value: ParameterValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return goString(value);
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  return goObject(
    [...value].toSorted(([one], [other]) => byBytes(one, other)).map(([key, item]) => [key, goJson(item)]),
  );
}

/** An object of keys and values that are JSON already. */
export function goObject(fields: readonly (readonly [string, string])[]): string {
  return `{${fields.map(([key, json]) => `${goString(key)}:${json}`).join(',')}}`;
}

// Control characters, `<`, `>`, `&`, U+2028, U+2029, quote, backslash, halves of a surrogate pair.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const ESCAPED = /["\\\u0000-\u001f<>&\u2028\u2029]|\p{Cs}/gu;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string as Go writes it. */
export function goString(text: string): string {
  return `"${text.replace(ESCAPED, escaped)}"`;
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  // What is no character stands for a broken byte, and Go writes U+FFFD for it.
  const shown = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  return SHORT[character] ?? `\\u${shown.toString(16).padStart(4, '0')}`;
}

/** The order of UTF-8 bytes, which is not that of UTF-16 units. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

export function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}
