import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

/** The local store's path inside the folder, with `/`; undefined when it is elsewhere, or not there yet. */
export async function storeWithin(folder: string, home: string): Promise<string | undefined> {
  try {
    const path = relative(await realpath(folder), await placeOf(home))
      .split(sep)
      .join('/');
    return path.startsWith('..') || path.includes(':') ? undefined : path || '.';
  } catch {
    // No folder: nothing can be packed.
    return undefined;
  }
}

/** With links resolved as far as it exists: a store is made by the first pack. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await placeOf(parent), basename(path));
  }
}
