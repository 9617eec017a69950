import { encodeName } from './fileName.ts';

/** One entry of a tar as kit writes it (spec 2.3). */
export interface TarEntry {
  /** Relative to the context, `/` between names, none at the end. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly size: number;
}

export const BLOCK = 512;
const NAME = 100;
const PREFIX = 155;
/** The first size that needs a PAX record: more than 11 octal digits. */
const MAX_OCTAL_SIZE = 8 ** 11 - 1;
const SLASH = 0x2f;
const UID = 1000;

interface Block {
  readonly name: Buffer;
  readonly prefix?: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
  readonly type: string;
  readonly devices: boolean;
}

/** The header, with a PAX entry before it where one is needed; byte for byte what Go's `archive/tar` writes for kit. */
export function tarHeader(entry: TarEntry): Buffer {
  const path = encodeName(entry.path);
  const main = { mode: entry.mode, uid: UID, size: entry.size, type: entry.kind === 'file' ? '0' : '5', devices: true };
  const split = splitPath(path);
  if (split && entry.size <= MAX_OCTAL_SIZE) return block({ ...main, ...split });
  const records = [
    // Go puts a long path there too that a prefix could hold.
    ...(path.byteLength <= NAME && isAscii(path) ? [] : [paxRecord('path', path)]),
    ...(entry.size > MAX_OCTAL_SIZE ? [paxRecord('size', Buffer.from(String(entry.size)))] : []),
  ];
  const size = entry.size > MAX_OCTAL_SIZE ? 0 : entry.size;
  return Buffer.concat([paxEntry(path, Buffer.concat(records)), block({ ...main, name: ascii(path), size })]);
}

/** Zeros that fill the last block of a file. */
export function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** Name and prefix for a header without PAX; undefined when there is no such split (Go's splitUSTARPath). */
function splitPath(path: Buffer): { readonly name: Buffer; readonly prefix?: Buffer } | undefined {
  if (!isAscii(path)) return undefined;
  if (path.byteLength <= NAME) return { name: path };
  const slash = path.subarray(0, PREFIX + 1).lastIndexOf(SLASH);
  const name = path.subarray(slash + 1);
  if (slash <= 0 || name.byteLength > NAME || name.byteLength === 0) return undefined;
  return { name, prefix: path.subarray(0, slash) };
}

function paxEntry(path: Buffer, records: Buffer): Buffer {
  const slash = path.lastIndexOf(SLASH) + 1;
  const name = Buffer.concat([path.subarray(0, slash), Buffer.from('PaxHeaders.0/'), path.subarray(slash)]);
  const header = block({
    name: withoutSlashes(ascii(name).subarray(0, NAME)),
    mode: 0,
    uid: 0,
    size: records.byteLength,
    type: 'x',
    devices: false,
  });
  return Buffer.concat([header, records, Buffer.alloc(padding(records.byteLength))]);
}

/** `LEN key=value\n`, where LEN counts itself. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = key.length + value.byteLength + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length += 1;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}

function block({ name, prefix, mode, uid, size, type, devices }: Block): Buffer {
  const header = Buffer.alloc(BLOCK);
  writeName(header, name);
  writeOctal(header, 100, 8, mode);
  writeOctal(header, 108, 8, uid);
  writeOctal(header, 116, 8, 0);
  writeOctal(header, 124, 12, size);
  writeOctal(header, 136, 12, 0);
  header.fill(' ', 148, 156);
  header.write(type, 156, 'latin1');
  header.write('ustar\0' + '00', 257, 'latin1');
  if (devices) {
    writeOctal(header, 329, 8, 0);
    writeOctal(header, 337, 8, 0);
  }
  prefix?.copy(header, 345);
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += header[at] ?? 0;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** A cut name must not end in a slash, or old readers take the file for a folder (Go's formatString). */
function writeName(header: Buffer, name: Buffer): void {
  name.copy(header, 0, 0, NAME);
  if (name.byteLength <= NAME || header[NAME - 1] !== SLASH) return;
  const kept = withoutSlashes(name.subarray(0, NAME - 1));
  header[kept.byteLength] = 0;
}

function writeOctal(header: Buffer, offset: number, length: number, value: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
}

function withoutSlashes(name: Buffer): Buffer {
  let end = name.byteLength;
  while (end > 0 && name[end - 1] === SLASH) end -= 1;
  return name.subarray(0, end);
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function ascii(bytes: Buffer): Buffer {
  return isAscii(bytes) ? bytes : Buffer.from(bytes.filter((byte) => byte < 0x80));
}
