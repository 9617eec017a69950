import { join } from 'node:path';
import { type Disk, ifThere, removeFile } from './disk.ts';
import { formatOwner, type Owner, parseOwner, randomName, stateOf, thisOwner } from './owner.ts';

/** Kit ignores files with such names; it empties `ingest/` and `cache/pack` (spec 2.4, 4.6). */
const TEMPORARY = '.modelkit-tmp-';
const PARTIAL = '.modelkit-partial-';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Partial downloads are kept so long (bad-inputs F6); what another machine's process left, one day. */
const PARTIAL_MS = 7 * DAY_MS;
const REMOTE_MS = DAY_MS;

export async function temporaryPath(folder: string): Promise<string> {
  return join(folder, `${TEMPORARY}${formatOwner(await thisOwner())}-${randomName()}`);
}

/** A partial download that a process works on. */
export async function partialPath(folder: string, hex: string): Promise<string> {
  return join(folder, `${PARTIAL}${hex}-${formatOwner(await thisOwner())}-${randomName()}`);
}

/** A partial download that nobody works on. */
export function idlePartialPath(folder: string, hex: string): string {
  return join(folder, `${PARTIAL}${hex}`);
}

/** Partial downloads of a blob that may be continued: idle ones and those of dead processes. */
export async function abandonedPartials(disk: Disk, folder: string, hex: string): Promise<readonly string[]> {
  const own = await thisOwner();
  const found: string[] = [];
  for (const file of await disk.readdir(folder)) {
    if (!file.startsWith(`${PARTIAL}${hex}`)) continue;
    const owner = ownerOf(file);
    if (!owner || (await stateOf(owner, own)) === 'dead') found.push(join(folder, file));
  }
  return found;
}

/**
 * Removes what dead processes left. Ages are told by the clock of the disk (bad-inputs B12).
 * @param now the time of a file that was just written on it
 */
export async function removeLeftovers(disk: Disk, folder: string, now: number): Promise<void> {
  const own = await thisOwner();
  for (const file of (await ifThere(() => disk.readdir(folder))) ?? []) {
    const path = join(folder, file);
    if (await isLeftover(disk, path, file, own, now)) await removeFile(disk, path);
  }
}

async function isLeftover(disk: Disk, path: string, file: string, own: Owner, now: number): Promise<boolean> {
  if (file.startsWith(PARTIAL)) return (await ageOf(disk, path, now)) > PARTIAL_MS;
  const owner = file.startsWith(TEMPORARY) ? ownerOf(file) : undefined;
  if (!owner) return false;
  switch (await stateOf(owner, own)) {
    case 'dead':
      return true;
    case 'alive':
      return false;
    case 'remote':
    case 'unsure':
      return (await ageOf(disk, path, now)) > REMOTE_MS;
  }
}

async function ageOf(disk: Disk, path: string, now: number): Promise<number> {
  const found = await ifThere(() => disk.lstat(path));
  return found ? now - found.mtimeMs : 0;
}

/** The part between the prefix, with the digest where there is one, and the random end. */
function ownerOf(file: string): Owner | undefined {
  const match = /^\.modelkit-(?:tmp|partial-[0-9a-f]{64})-(.+)-[0-9a-f]+$/.exec(file);
  return match?.[1] === undefined ? undefined : parseOwner(match[1]);
}
