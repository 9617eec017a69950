import { corrupt } from './archiveErrors.ts';

/** Fields of a tar header, read strictly: what two readers could take for two things is refused (bad-inputs D6). */

const BLANK = new Set([0x20, 0]);

/** Octal digits, or base 256 with the first bit set. @throws EngineError ARCHIVE_CORRUPT */
export function readNumber(block: Buffer, offset: number, length: number): number {
  const field = block.subarray(offset, offset + length);
  const first = field[0] ?? 0;
  return first & 0x80 ? readBase256(field) : readOctal(field);
}

function readOctal(field: Buffer): number {
  let start = 0;
  let end = field.byteLength;
  while (start < end && BLANK.has(field[start] ?? 0)) start += 1;
  while (end > start && BLANK.has(field[end - 1] ?? 0)) end -= 1;
  const digits = field.toString('latin1', start, end);
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw corrupt('a header has a number that is none');
  return Number.parseInt(digits, 8);
}

function readBase256(field: Buffer): number {
  const hex = field.toString('hex');
  const value = field[0] === 0x80 ? BigInt(`0x${hex.slice(2)}`) : -1n;
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt('a header has a size that is out of range');
  return Number(value);
}

/** Bytes up to the first NUL. */
export function readText(block: Buffer, offset: number, length: number): Buffer {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/** @throws EngineError ARCHIVE_CORRUPT when the header's checksum is not that of its bytes */
export function assertChecksum(block: Buffer): void {
  let sum = 8 * 0x20;
  for (let at = 0; at < 148; at += 1) sum += block[at] ?? 0;
  for (let at = 156; at < 512; at += 1) sum += block[at] ?? 0;
  if (readNumber(block, 148, 8) !== sum) throw corrupt('a header has a wrong checksum');
}
