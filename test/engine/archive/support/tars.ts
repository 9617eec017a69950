import { readAll } from '../../../support/blobs.ts';

/** One entry as a tar may hold it, right or wrong: fields that are given are written as they are. */
export interface RawEntry {
  readonly name?: string | Uint8Array;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly mode?: number;
  /** The size field, when it is not the body's. */
  readonly size?: string | Uint8Array;
  readonly prefix?: string;
  readonly magic?: string;
  readonly checksum?: string;
}

export const END = Buffer.alloc(1024);

export function tarOf(...entries: readonly (RawEntry | Uint8Array)[]): Buffer {
  return Buffer.concat([...entries.map((entry) => (entry instanceof Uint8Array ? entry : rawEntry(entry))), END]);
}

export function rawEntry(entry: RawEntry): Buffer {
  const body = Buffer.from(entry.body ?? '');
  const header = Buffer.alloc(512);
  Buffer.from(entry.name ?? 'a').copy(header, 0);
  header.write(`${(entry.mode ?? 0o644).toString(8).padStart(7, '0')}\0`, 100);
  header.write('0001750\x000000\0', 108);
  Buffer.from(entry.size ?? `${body.length.toString(8).padStart(11, '0')}\0`).copy(header, 124);
  header.write('00000000000\0', 136);
  header.write(entry.type ?? '0', 156, 'latin1');
  header.write(entry.magic ?? 'ustar\x0000', 257, 'latin1');
  header.write(entry.prefix ?? '', 345);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

export function file(name: string | Uint8Array, body: string | Uint8Array = '', mode = 0o644): RawEntry {
  return { name, body, mode };
}

export function folder(name: string, mode = 0o755): RawEntry {
  return { name, type: '5', mode };
}

/** A PAX header with records in the given order. */
export function pax(records: readonly (readonly [string, string | Uint8Array])[], type = 'x'): RawEntry {
  return { name: 'PaxHeaders.0/a', type, body: Buffer.concat(records.map(([key, value]) => paxRecord(key, value))) };
}

function paxRecord(key: string, value: string | Uint8Array): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

/** A stream of these bytes in pieces of an odd size. */
export async function* inPieces(bytes: Uint8Array, piece = 4099): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece);
}

/** Bytes, and then an error, as a blob that turns out to be wrong at its end. */
export async function* thenThrows(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw error;
}

export { readAll };
