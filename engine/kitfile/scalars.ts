import { decodeBinary } from './binary.ts';
import type { ScalarNode } from './nodes.ts';
import { timestampText } from './timestamp.ts';

export type ScalarValue = null | boolean | bigint | number | string;

export interface Resolved {
  /** Short tag such as `!!int`, or `!!binary`, or the document's own. */
  readonly tag: string;
  readonly value: ScalarValue;
}

/** The tag that the text asked for does not fit: kit refuses it. */
export class TagMismatch extends Error {}

const CONSTANTS: ReadonlyMap<string, Resolved> = new Map(
  (
    [
      ['!!bool', true, ['true', 'True', 'TRUE']],
      ['!!bool', false, ['false', 'False', 'FALSE']],
      ['!!null', null, ['', '~', 'null', 'Null', 'NULL']],
      ['!!float', Number.NaN, ['.nan', '.NaN', '.NAN']],
      ['!!float', Number.POSITIVE_INFINITY, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']],
      ['!!float', Number.NEGATIVE_INFINITY, ['-.inf', '-.Inf', '-.INF']],
    ] as const
  ).flatMap(([tag, value, texts]) => texts.map((text): [string, Resolved] => [text, { tag, value }])),
);
const RESOLVABLE = ['', '!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp'];
const YAML_FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
/** Far more digits than an integer can have; leading zeros apart, of which there may be any number. */
const LONGEST_INTEGER = 100;
const MAX_UINT = 2n ** 64n;
const MAX_INT = 2n ** 63n;

/**
 * The value of a scalar as go-yaml v3 finds it, half YAML 1.1 and half 1.2 (spec 1.4).
 * @throws TagMismatch
 */
export function resolveScalar({ text, plain, tag }: ScalarNode): Resolved {
  if (tag === '!!binary') return { tag, value: decoded(text) };
  if (tag === undefined) return plain ? resolvePlain(text, '') : { tag: '!!str', value: text };
  if (tag === '!!str' || !RESOLVABLE.includes(tag)) return { tag, value: text };
  const found = resolvePlain(text, tag);
  if (found.tag === tag) return found;
  if (tag === '!!float' && typeof found.value === 'bigint' && found.value < MAX_INT)
    return { tag, value: Number(found.value) };
  throw new TagMismatch();
}

function decoded(text: string): string {
  const value = decodeBinary(text);
  if (value === undefined) throw new TagMismatch();
  return value;
}

export function fitsTag(node: ScalarNode): boolean {
  try {
    resolveScalar(node);
    return true;
  } catch {
    return false;
  }
}

export function isNull({ text, plain, tag }: ScalarNode): boolean {
  return tag === undefined ? plain && CONSTANTS.get(text)?.value === null : tag === '!!null';
}

/** What an unquoted text is; `tag` only decides whether dates are looked for. */
export function resolvePlain(text: string, tag: string): Resolved {
  const constant = CONSTANTS.get(text);
  if (constant) return constant;
  if (text.startsWith('.')) return float(withoutUnderscores(text)) ?? { tag: '!!str', value: text };
  if (!/^[-+0-9]/.test(text)) return { tag: '!!str', value: text };
  const date = tag === '' || tag === '!!timestamp' ? timestampText(text) : undefined;
  if (date !== undefined) return { tag: '!!timestamp', value: date };
  const digits = text.replaceAll('_', '');
  return integer(digits) ?? float(digits) ?? { tag: '!!str', value: text };
}

/** After a leading point Go wants its underscores between digits; elsewhere go-yaml drops them all. */
function withoutUnderscores(text: string): string {
  return text.replace(/(?<=[0-9])_(?=[0-9])/g, '');
}

function integer(text: string): Resolved | undefined {
  // Go-yaml strips the prefix and reads the rest, sign and all: `0b-11` is -3.
  const match = INTEGER.exec(text.replace(/^(0[bo])([-+])(?=[0-7])/, '$2$1'));
  if (!match) return undefined;
  const [, sign = '', hex, binary, octal, decimal = '0'] = match;
  if (text.length > LONGEST_INTEGER && !/^[-+]?0/.test(text)) return undefined;
  const size = hex ? BigInt(`0x${hex}`) : binary ? BigInt(`0b${binary}`) : BigInt(octal ? `0o${octal}` : decimal);
  const value = sign === '-' ? -size : size;
  const fits = value >= -MAX_INT && value < (sign === '' ? MAX_UINT : MAX_INT);
  return fits ? { tag: '!!int', value } : undefined;
}

/** A number too big for a float is text, as in Go. */
function float(text: string): Resolved | undefined {
  if (!YAML_FLOAT.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? { tag: '!!float', value } : undefined;
}
