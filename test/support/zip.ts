import { readFile } from 'node:fs/promises';

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * Lists a ZIP file by its central directory
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.16).
 */
export async function zipEntries(file: string): Promise<readonly ZipEntry[]> {
  const bytes = await readFile(file);
  const end = bytes.lastIndexOf(littleEndian(END));
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (entries.length < bytes.readUInt16LE(end + 10)) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error(`${file}: no entry at ${at}`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, size: bytes.readUInt32LE(at + 24) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
