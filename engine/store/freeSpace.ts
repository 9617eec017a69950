import type { StatsFs } from 'node:fs';
import { EngineError } from '../errors.ts';
import type { Disk } from './disk.ts';

const GIB = 1024 ** 3;
/** What stays free: 2 % of the disk, at most 1 GiB (bad-inputs, "Limits"). */
const RESERVE_SHARE = 0.02;

/** What may be written on a disk; without end on a network file system that does not know its size. */
export function freeBytes({ blocks, bavail, bsize }: Pick<StatsFs, 'blocks' | 'bavail' | 'bsize'>): number {
  if (blocks === 0) return Number.POSITIVE_INFINITY;
  const reserve = Math.min(GIB, blocks * bsize * RESERVE_SHARE);
  return Math.max(0, Math.floor(bavail * bsize - reserve));
}

/** Compares sizes before the first byte is written (bad-inputs B7). @throws EngineError DISK_FULL */
export async function assertSpace(disk: Disk, folder: string, needed: number): Promise<void> {
  const free = freeBytes(await disk.statfs(folder));
  if (needed <= free) return;
  throw new EngineError('DISK_FULL', `${inWords(needed)} are needed in ${folder}, and ${inWords(free)} are free.`, {
    advice: 'Free some space, for example by removing ModelKits that you no longer need, then try again.',
    facts: { path: folder, needed, free },
  });
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function inWords(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${UNITS[power]}`;
}
