import { isUtf8 } from 'node:buffer';
import type { Problem } from './problem.ts';
import { syntaxError } from './problems.ts';

export interface DecodedText {
  readonly text: string;
  /** The first character that a Kitfile cannot hold. */
  readonly problem?: Problem;
}

/** What go-yaml takes for a control character, and halves of a surrogate pair. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Reads the bytes of a Kitfile as kit does: UTF-8, or UTF-16 with a byte order mark (spec 1.1, bad-inputs A2). */
export function decodeText(source: Uint8Array | string): DecodedText {
  if (typeof source === 'string') return withCheck(source);
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (startsWith(bytes, 0xff, 0xfe)) return withCheck(bytes.subarray(2).toString('utf16le'));
  if (startsWith(bytes, 0xfe, 0xff)) return withCheck(bigEndian(bytes.subarray(2)));
  const content = startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  const text = content.toString('utf8');
  return isUtf8(content) ? withCheck(text) : { text, problem: brokenUtf8(content, text) };
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function bigEndian(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

function withCheck(text: string): DecodedText {
  const at = text.search(FORBIDDEN);
  if (at < 0) return { text };
  const code = text.charCodeAt(at);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const what = code >= 0xd800 && code <= 0xdfff ? 'half a character' : 'a control character';
  return {
    text,
    problem: syntaxError('control-character', `This is ${what} (${name}). Remove it.`, { start: at, end: at + 1 }),
  };
}

/** The decoder put U+FFFD where bytes were broken; the first that is not in the bytes is the place. */
function brokenUtf8(bytes: Buffer, text: string): Problem {
  let at = text.indexOf('\ufffd');
  let offset = Buffer.byteLength(text.slice(0, at));
  while (startsWith(bytes.subarray(offset), 0xef, 0xbf, 0xbd)) {
    const next = text.indexOf('\ufffd', at + 1);
    offset += Buffer.byteLength(text.slice(at, next));
    at = next;
  }
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return syntaxError('broken-utf8', `The byte 0x${byte} here is not UTF-8. Save the Kitfile as UTF-8.`, {
    start: at,
    end: at + 1,
  });
}
