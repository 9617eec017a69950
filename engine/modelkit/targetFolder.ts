import { lstat, mkdir, realpath, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';

/** A folder to unpack into. */
export interface TargetFolder {
  /** With links resolved, once (bad-inputs D4). */
  readonly path: string;
  /** Folders that were made for it, the innermost first. */
  readonly made: readonly string[];
}

/** @throws EngineError TARGET_EXISTS for a file in its place or above it, PERMISSION_DENIED, DISK_FULL, IO_ERROR */
export async function openTargetFolder(folder: string): Promise<TargetFolder> {
  const path = resolve(folder);
  try {
    const made = await makeFolders(path);
    if ((await stat(path)).isDirectory()) return { path: await realpath(path), made };
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? ''))
      throw fromSystemError(error, `create the folder ${path}`);
  }
  throw new EngineError('TARGET_EXISTS', `${path} is in the way: it is no folder.`, {
    advice: 'Unpack into another folder.',
    facts: { path },
  });
}

/** One by one: Node's own way hides on a read-only disk why it failed. */
async function makeFolders(path: string): Promise<readonly string[]> {
  if (await isThere(path)) return [];
  const above = await makeFolders(dirname(path));
  await mkdir(path, { mode: 0o755 });
  return [path, ...above];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Folders that were made for nothing go again. */
export async function removingIfEmpty<T>({ made }: TargetFolder, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const folder of made) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}
