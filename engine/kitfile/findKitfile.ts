import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fromSystemError, systemCode } from '../errors.ts';

/** What a Kitfile may be called; the first that exists counts (spec 1.1). */
export const KITFILE_NAMES: readonly string[] = ['Kitfile', 'kitfile', '.kitfile'];

/**
 * The absolute path of the folder's Kitfile, or undefined when it has none.
 * @throws EngineError PERMISSION_DENIED, IO_ERROR
 */
export async function findKitfile(folder: string): Promise<string | undefined> {
  for (const name of KITFILE_NAMES) {
    const path = join(resolve(folder), name);
    if (await exists(path)) return path;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return false;
    throw fromSystemError(error, `look for ${path}`);
  }
}
