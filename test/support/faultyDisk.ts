import type { FileHandle } from 'node:fs/promises';
import { type Disk, nodeDisk } from '../../engine/store/disk.ts';

/** Called before each operation that changes something; may throw in its place. */
export type BeforeChange = (operation: string, path: string) => void | Promise<void>;

const CHANGES: readonly PropertyKey[] = ['rename', 'unlink', 'link', 'mkdir', 'chmod', 'copyFile'];
const HANDLE_CHANGES: readonly PropertyKey[] = ['write', 'writeFile', 'sync', 'truncate'];

/** The real disk, with somebody who looks at every change. */
export function watchedDisk(before: BeforeChange): Disk {
  return new Proxy(nodeDisk, {
    get(disk, name) {
      if (name === 'open') return (path: string, flags: string, mode?: number) => open(before, path, flags, mode);
      const operation = Reflect.get(disk, name);
      if (!CHANGES.includes(name)) return operation;
      return async (...args: readonly unknown[]) => {
        await before(String(name), String(args[0]));
        return operation(...args);
      };
    },
  });
}

async function open(before: BeforeChange, path: string, flags: string, mode?: number): Promise<FileHandle> {
  if (flags === 'wx') await before('create', path);
  const handle = await nodeDisk.open(path, flags, mode);
  return new Proxy(handle, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const operation = value.bind(target);
      if (!HANDLE_CHANGES.includes(name)) return operation;
      return async (...args: readonly unknown[]) => {
        await before(String(name), path);
        return operation(...args);
      };
    },
  });
}

/** A failure as the system reports it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: it failed`), { code });
}

/** Fails with a system error wherever `where` says so. */
export function failingDisk(code: string, where: (operation: string, path: string) => boolean): Disk {
  return watchedDisk((operation, path) => {
    if (where(operation, path)) throw systemError(code);
  });
}
