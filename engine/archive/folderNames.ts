import { opendirSync } from 'node:fs';
import { encodeName } from './fileName.ts';

/**
 * The names in a folder as the disk has them, one at a time. `opendir`, since `readdir` holds every name twice; and both
 * path and names as bytes, or Node could not ask for the kind of an entry where the disk does not tell it.
 */
export function* folderNames(folder: string): Generator<Buffer> {
  const directory = opendirSync(encodeName(folder), { encoding: 'buffer' as BufferEncoding, bufferSize: 1024 });
  try {
    for (let found = directory.readSync(); found; found = directory.readSync()) yield asBytes(found.name);
  } finally {
    directory.closeSync();
  }
}

/** The types do not know that the encoding `buffer` gives bytes. */
function asBytes(name: string | Buffer): Buffer {
  return Buffer.isBuffer(name) ? name : Buffer.from(name);
}
