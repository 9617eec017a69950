/**
 * File names are bytes. Inside the engine a name is text; each byte that is no UTF-8 is kept as a lone surrogate
 * U+DC80-U+DCFF (as Python's surrogateescape), so that every name survives the way in and out (bad-inputs A18).
 */

const NOT_ASCII = /[^\p{ASCII}]/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decodeName(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeEscaped(bytes);
  }
}

/** @param name one character per byte, as `readdir` gives it with the encoding `latin1` */
export function decodeByteString(name: string): string {
  return NOT_ASCII.test(name) ? decodeName(Buffer.from(name, 'latin1')) : name;
}

export function encodeName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name);
  const parts: Buffer[] = [];
  for (const character of name) {
    const code = character.charCodeAt(0);
    parts.push(isEscape(code) ? Buffer.of(code - 0xdc00) : Buffer.from(character));
  }
  return Buffer.concat(parts);
}

/** A path as `node:fs` takes it: a string where that keeps every byte. */
export function fsPath(path: string): string | Buffer {
  return path.isWellFormed() ? path : encodeName(path);
}

const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu;
/** Names in messages are cut here (bad-inputs, "Limits"). */
const MAX_SHOWN = 200;

/** A name or path as text that a person can see: control characters, and bytes that are no UTF-8, as `\xNN`. */
export function shownName(name: string): string {
  const shown = name.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    const value = isEscape(code) ? code - 0xdc00 : code;
    return value < 0x100 ? `\\x${value.toString(16).padStart(2, '0')}` : `\\u${value.toString(16)}`;
  });
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN - 1)}…` : shown;
}

function isEscape(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** The longest valid sequences as they are, every other byte as an escape: where Go's decoder sees U+FFFD. */
function decodeEscaped(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.byteLength) {
    const length = sequenceLength(bytes, at);
    if (length > 0) text += decoder.decode(bytes.subarray(at, at + length));
    else text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += Math.max(length, 1);
  }
  return text;
}

/** Bytes of the valid UTF-8 sequence that starts here; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    return decoder.decode(bytes.subarray(at, at + length)).length > 0 && at + length <= bytes.byteLength ? length : 0;
  } catch {
    return 0;
  }
}
