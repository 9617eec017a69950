import * as files from 'node:fs/promises';

/** The file operations of the store, so that a test can make each of them fail. */
export type Disk = Pick<
  typeof files,
  'open' | 'rename' | 'unlink' | 'link' | 'mkdir' | 'chmod' | 'readdir' | 'lstat' | 'readFile' | 'statfs' | 'copyFile'
>;

export const nodeDisk: Disk = files;
