import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

export async function emptyFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelkit-test-')));
  made.push(folder);
  return folder;
}

/** What a file or folder of a test is; text alone means a file. */
export type Given =
  | string
  | Uint8Array
  | {
      readonly type: 'file' | 'dir' | 'symlink' | 'hardlink' | 'fifo';
      readonly text?: string;
      readonly repeat?: number;
      readonly to?: string;
      readonly mode?: string;
    };

/** A folder with these things in it; a name that ends in `/` is a folder. */
export async function folderWith(things: Readonly<Record<string, Given>>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, thing] of Object.entries(things)) await put(folder, `${folder}/${name}`, thing);
  return folder;
}

async function put(root: string, path: string, thing: Given): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (path.endsWith('/')) return void (await mkdir(path, { recursive: true }));
  if (typeof thing === 'string' || thing instanceof Uint8Array) return writeFile(path, thing);
  switch (thing.type) {
    case 'dir':
      await mkdir(path, { recursive: true });
      return chmod(path, Number.parseInt(thing.mode ?? '0755', 8));
    case 'file':
      await writeFile(path, (thing.text ?? '').repeat(thing.repeat ?? 1));
      return chmod(path, Number.parseInt(thing.mode ?? '0644', 8));
    case 'symlink':
      return symlink(thing.to ?? '', path);
    case 'hardlink':
      return link(join(root, thing.to ?? ''), path);
    case 'fifo':
      execFileSync('mkfifo', [path]);
  }
}

/** Everything in a folder: text of files, `->` and target of links, `/` for folders. */
export async function contentsOf(folder: string, below = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) Object.assign(found, { [`${path}/`]: '/' }, await contentsOf(folder, path));
    else found[path] = entry.isFile() ? await readFile(join(folder, path), 'utf8') : '->';
  }
  return found;
}

/** Permission bits as `0644`. */
export async function modeOf(path: string): Promise<string> {
  return ((await lstat(path)).mode & 0o7777).toString(8).padStart(4, '0');
}

/** How many file handles this process has. */
export async function openHandles(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}
