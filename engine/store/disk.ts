import * as files from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromSystemError, systemCode } from '../errors.ts';

/** The file operations of the store, so that a test can make each of them fail. */
export type Disk = Pick<
  typeof files,
  'open' | 'rename' | 'unlink' | 'link' | 'mkdir' | 'chmod' | 'readdir' | 'lstat' | 'readFile' | 'statfs' | 'copyFile'
>;

export const nodeDisk: Disk = files;

/** Waits in milliseconds while the process has no file handle left (bad-inputs B8): 10 s in all. */
const HANDLE_WAITS = [10, 50, 100, 340, 500, 1000, 2000, 3000, 3000];

/** Tries again while too many files are open; other failures pass through. */
export async function withHandles<T>(operation: () => Promise<T>): Promise<T> {
  for (const wait of HANDLE_WAITS) {
    try {
      return await operation();
    } catch (error) {
      if (systemCode(error) !== 'EMFILE' && systemCode(error) !== 'ENFILE') throw error;
      await sleep(wait);
    }
  }
  return operation();
}

/** Undefined for what does not exist. */
export async function ifThere<T>(operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await withHandles(operation);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** True for a path that does not, or on this disk cannot, exist. */
export function isAbsent(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

/** Removes a file; one that is gone is fine. On Windows a read-only file must be made writable first. */
export async function removeFile(disk: Disk, path: string): Promise<void> {
  await ifThere(async () => {
    try {
      await disk.unlink(path);
    } catch (error) {
      if (process.platform !== 'win32' || systemCode(error) !== 'EPERM') throw error;
      await disk.chmod(path, 0o600);
      await disk.unlink(path);
    }
  });
}

/** Makes a folder and those above it. Node's own way hides on a read-only disk why it failed. */
export async function makeFolder(disk: Disk, folder: string): Promise<void> {
  if (await ifThere(() => disk.lstat(folder))) return;
  if (dirname(folder) !== folder) await makeFolder(disk, dirname(folder));
  try {
    await disk.mkdir(folder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw fromSystemError(error, `make the folder ${folder}`);
  }
}

/** Not every system and file system can sync a folder: these answers mean that (bad-inputs B13). */
const NO_FOLDER_SYNC: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES', 'EBADF'];

/** Makes renames in a folder survive a power loss. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  try {
    const handle = await withHandles(() => disk.open(folder, 'r'));
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(systemCode(error))) throw error;
  }
}
