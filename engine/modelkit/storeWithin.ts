import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';

/** The local store's path inside the folder, with `/`; undefined when it is elsewhere, or not there yet. */
export async function storeWithin(folder: string, home: string): Promise<string | undefined> {
  try {
    const path = relative(await realpath(folder), await realpath(home))
      .split(sep)
      .join('/');
    return path.startsWith('..') || path.includes(':') ? undefined : path || '.';
  } catch {
    // No store yet: it holds nothing that could be packed.
    return undefined;
  }
}
