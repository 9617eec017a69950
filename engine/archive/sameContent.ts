import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const CHUNK = 256 * 1024;

/** True when a file has exactly these bytes. */
export function hasBytes(file: string | Buffer, bytes: Uint8Array): boolean {
  const fd = openSync(file, FLAGS);
  try {
    if (fstatSync(fd).size !== bytes.byteLength) return false;
    const found = Buffer.alloc(bytes.byteLength);
    return readSync(fd, found, 0, found.byteLength, 0) === found.byteLength && found.equals(bytes);
  } finally {
    closeSync(fd);
  }
}

/** True when two files have the same bytes. */
export function sameContent(one: string | Buffer, other: string | Buffer): boolean {
  const first = openSync(one, FLAGS);
  try {
    const second = openSync(other, FLAGS);
    try {
      return sameBytes(first, second);
    } finally {
      closeSync(second);
    }
  } finally {
    closeSync(first);
  }
}

function sameBytes(first: number, second: number): boolean {
  const { size } = fstatSync(first);
  if (size !== fstatSync(second).size) return false;
  const [one, other] = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)];
  for (let position = 0; position < size; position += CHUNK) {
    const length = Math.min(CHUNK, size - position);
    const read = [readSync(first, one, 0, length, position), readSync(second, other, 0, length, position)];
    if (read.some((count) => count !== length)) return false;
    if (!one.subarray(0, length).equals(other.subarray(0, length))) return false;
  }
  return true;
}
