import { MAX_DEPTH } from './limits.ts';
import type { ParameterValue } from './model.ts';

/** The text is no JSON, or nested too deep. */
export class JsonError extends Error {}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none in its texts
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.source;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/.source;
const TOKEN = new RegExp(`[ \\t\\n\\r]*(?:[{}[\\]:,]|${TEXT}|${NUMBER}|true|false|null)`, 'y');

/**
 * Reads JSON without losing a digit: integers become bigint, objects Map (spec 1.4). Node 22 and 24 differ in what their
 * own parser tells of the source.
 * @throws JsonError
 */
export function readJson(text: string): ParameterValue {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): ParameterValue {
    if (depth > MAX_DEPTH * 2) throw new JsonError('nested too deep');
    const token = this.#next();
    if (token === '{') return this.#object(depth);
    if (token === '[') return this.#list(depth);
    return scalarOf(token) ?? null;
  }

  end(): void {
    if (/\S/.test(this.#text.slice(this.#at))) throw new JsonError('more text after the end');
  }

  #object(depth: number): ParameterValue {
    const map = new Map<string, ParameterValue>();
    if (this.#skip('}')) return map;
    do {
      const key = this.#next();
      if (!key.startsWith('"')) throw new JsonError('a key is missing');
      this.#expect(':');
      map.set(String(scalarOf(key)), this.value(depth + 1));
    } while (this.#skip(','));
    this.#expect('}');
    return map;
  }

  #list(depth: number): ParameterValue {
    const items: ParameterValue[] = [];
    if (this.#skip(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.#skip(','));
    this.#expect(']');
    return items;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (!match) throw new JsonError(`unexpected text at ${this.#at}`);
    this.#at = TOKEN.lastIndex;
    return match[0].trimStart();
  }

  #skip(token: string): boolean {
    const before = this.#at;
    if (this.#next() === token) return true;
    this.#at = before;
    return false;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw new JsonError(`${token} is missing at ${this.#at}`);
  }
}

function scalarOf(token: string): ParameterValue {
  if (/^-?[0-9]+$/.test(token) && token !== '-0') return BigInt(token);
  if (/^["\-0-9tfn]/.test(token)) return JSON.parse(token) as string | number | boolean | null;
  throw new JsonError(`unexpected ${token}`);
}
