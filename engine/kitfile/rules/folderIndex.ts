import type { PathUse } from './pathUses.ts';

/** No disk has longer paths; looking for the folders above takes the square of the length. */
const LONGEST_PATH = 4096;

/** Finds the entry of the nearest folder above an entry's path, among these; `.` is above all others. */
export function folderIndex(folders: readonly PathUse[]): (use: PathUse) => PathUse | undefined {
  const first = new Map<string, PathUse>();
  for (const folder of folders) if (!first.has(folder.clean)) first.set(folder.clean, folder);
  return (use) => {
    const found = nearest(use.clean, first) ?? first.get('.');
    return found === use ? undefined : found;
  };
}

function nearest(path: string, folders: ReadonlyMap<string, PathUse>): PathUse | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const found = folders.get(path.slice(0, slash));
    if (found) return found;
  }
  return undefined;
}
