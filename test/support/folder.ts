import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One thing in a folder that a test packs. */
export type FolderEntry =
  | { readonly type: 'file'; readonly text: string; readonly repeat?: number; readonly mode?: string }
  | { readonly type: 'dir'; readonly mode?: string }
  | { readonly type: 'symlink' | 'hardlink'; readonly to: string; readonly mode?: string }
  | { readonly type: 'fifo'; readonly mode?: string };

/** Makes a folder of files, folders and oddities; modes are set last. */
export function makeFolder(root: string, entries: Readonly<Record<string, FolderEntry>>): void {
  mkdirSync(root, { recursive: true });
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    make(root, path, entry);
  }
  for (const [name, { mode }] of Object.entries(entries))
    if (mode) chmodSync(join(root, name), Number.parseInt(mode, 8));
}

function make(root: string, path: string, entry: FolderEntry): void {
  switch (entry.type) {
    case 'dir':
      mkdirSync(path, { recursive: true });
      break;
    case 'file':
      writeFileSync(path, entry.text.repeat(entry.repeat ?? 1));
      break;
    case 'symlink':
      symlinkSync(entry.to, path);
      break;
    case 'hardlink':
      linkSync(join(root, entry.to), path);
      break;
    case 'fifo':
      execFileSync('mkfifo', [path]);
  }
}

/** What lies in a folder: `name/` to its mode, `name` to mode and sha256; special mode bits left out. */
export function describeFolder(root: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    const mode = `0${(lstatSync(path).mode & 0o777).toString(8).padStart(3, '0')}`;
    if (entry.isDirectory()) found[`${name}/`] = mode;
    else found[name] = `${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  }
  return found;
}
