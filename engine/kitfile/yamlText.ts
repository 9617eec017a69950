import { resolvePlain } from './scalars.ts';

/** Where a text stands: that decides which quotes it needs. */
export type TextPlace = 'block' | 'flow' | 'key';

const OLD_BOOL = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
// Printable is what go-yaml writes as it is: no control characters, no surrogate pairs, no byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is not printable
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|\p{Cs}|[\u{10000}-\u{10ffff}]/u;
const BREAK = /[\n\r\x85\u2028\u2029]/;

/** A text as go-yaml writes it (spec 1.7); `indent` is that of the lines of a block. */
export function yamlText(text: string, place: TextPlace, indent: number): string {
  if (text.includes('\n') && place === 'block' && canBeBlock(text)) return literal(text, indent);
  if (BREAK.test(withoutLastSeparators(text)) || !isTextWhenPlain(text)) return doubleQuoted(text);
  if (canBePlain(text, place)) return text;
  return SPECIAL.test(text) || text.includes('\t') ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** At the end of a text every reader takes them for the same; kit leaves them there as they are. */
function withoutLastSeparators(text: string): string {
  return text.replace(/(?<=[^ \u2028\u2029])[\u2028\u2029]+$/, '');
}

function isTextWhenPlain(text: string): boolean {
  return resolvePlain(text, '').tag === '!!str' && !OLD_BOOL.test(text) && !BASE_60.test(text);
}

function canBePlain(text: string, place: TextPlace): boolean {
  if (/^[ ]|[ ]$|\t/.test(text) || SPECIAL.test(text) || BREAK.test(text)) return false;
  // Kit reads << as a key of its own, and does not mind.
  if (place === 'key' && text === '<<') return false;
  if (/^(?:---|\.\.\.)/.test(text) || /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:[ ]|$)/.test(text)) return false;
  if (/:(?:[ ]|$)| #/.test(text)) return false;
  return place !== 'flow' || !(/[,?[\]{}:]/.test(text.slice(1)) || /^[?:]/.test(text));
}

/** Kit loses line ends at the start of a block, and foreign separators in it: such texts are quoted. */
function canBeBlock(text: string): boolean {
  return !/^\n|[ ](?:\n|$)|[\x85\u2028\u2029]/.test(text) && !SPECIAL.test(text);
}

function literal(text: string, indent: number): string {
  const hint = text.startsWith(' ') ? '2' : '';
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  return [`|${hint}${chomping}`, ...lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}|[\u{10000}-\u{10ffff}]/gu;

function doubleQuoted(text: string): string {
  return `"${text.replace(ESCAPED, (character) => `\\${ESCAPES[character] ?? numbered(character)}`)}"`;
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `u${digits.padStart(4, '0')}` : `U${digits.padStart(8, '0')}`;
}
