import { createHash, randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from '../errors.ts';

/** A process, told apart from a later one with the same number and from one on another machine (bad-inputs B9). */
export interface Owner {
  /** Machine and container, as 8 hex digits. */
  readonly host: string;
  readonly pid: number;
  /** When it started, as the system counts; `0` where the system does not say. */
  readonly start: string;
}

const OWNER = /^([0-9a-f]{8})-(\d{1,10})-([0-9a-z]{1,32})$/;
const UNKNOWN_START = '0';

/** This process. */
export async function thisOwner(): Promise<Owner> {
  return { host: await hostId(), pid: process.pid, start: await startOf(process.pid) };
}

/** As a part of a file name: letters, digits and `-`. */
export function formatOwner({ host, pid, start }: Owner): string {
  return `${host}-${pid}-${start}`;
}

export function parseOwner(text: string): Owner | undefined {
  const [, host, pid, start] = OWNER.exec(text) ?? [];
  if (host === undefined || pid === undefined || start === undefined) return undefined;
  return { host, pid: Number(pid), start };
}

/** `remote` when only its own machine could tell. */
export async function stateOf(owner: Owner, own: Owner): Promise<'alive' | 'dead' | 'remote' | 'unsure'> {
  if (owner.host !== own.host) return 'remote';
  if (!isRunning(owner.pid)) return 'dead';
  const start = await startOf(owner.pid);
  if (start === UNKNOWN_START || owner.start === UNKNOWN_START) return 'unsure';
  return start === owner.start ? 'alive' : 'dead';
}

export function randomName(): string {
  return randomBytes(6).toString('hex');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Containers can share a disk and a host name, but not a namespace of process numbers. */
async function hostId(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return createHash('sha256').update(`${hostname()}\n${namespace}`).digest('hex').slice(0, 8);
}

/** Clock ticks since the boot (proc(5), field 22 of stat), with the boot they count from. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The command before it is in parentheses and may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? UNKNOWN_START : `${boot.slice(0, 8)}${ticks}`;
  } catch {
    return UNKNOWN_START;
  }
}
