import { type FileHandle, open } from 'node:fs/promises';

/** End of central directory: 22 bytes and a comment of at most 65,535. */
const MAX_END = 22 + 65_535;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const MAX_DIRECTORY = 16 * 1024 * 1024;

/** What is wrong with a bundle of an MCP server: it is a ZIP with `manifest.json` at its root (spec 1.5). */
export async function mcpBundleComplaint(path: string): Promise<string | undefined> {
  const names = await zipNames(path).catch(() => undefined);
  if (!names) return 'This is not a ZIP file, as a bundle of an MCP server is.';
  return names.includes('manifest.json') ? undefined : 'This bundle has no manifest.json at its root.';
}

/** The names in a ZIP file; undefined when it is none. */
async function zipNames(path: string): Promise<readonly string[] | undefined> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = await read(handle, Math.max(0, size - MAX_END), Math.min(size, MAX_END));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + 22 > tail.length || tail.readUInt32LE(end) !== END_SIGNATURE) return undefined;
    const length = tail.readUInt32LE(end + 12);
    if (length > MAX_DIRECTORY) return undefined;
    return directoryNames(await read(handle, tail.readUInt32LE(end + 16), length));
  } finally {
    await handle.close();
  }
}

function directoryNames(directory: Buffer): readonly string[] | undefined {
  const names: string[] = [];
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
    const length = directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
