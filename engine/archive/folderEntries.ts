import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { encodeName } from './fileName.ts';

/** What is in a folder, as `folderNames` has it and without blocking; whoever stops early has not read the rest. */
export async function folderEntries(folder: string): Promise<AsyncIterable<Dirent<Buffer>>> {
  const options = { encoding: 'buffer' as BufferEncoding, bufferSize: 1024 };
  // The types do not know that the encoding `buffer` gives bytes.
  return (await opendir(encodeName(folder) as unknown as string, options)) as unknown as AsyncIterable<Dirent<Buffer>>;
}
