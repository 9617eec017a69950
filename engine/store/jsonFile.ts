import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { type Disk, ifThere, isAbsent, removeFile, syncFolder, withHandles } from './disk.ts';
import { temporaryPath } from './temporaryFiles.ts';

/** Waits between tries to read a file that kit is writing in place (spec 4.6): 5 tries. */
const RETRY_MS = [50, 100, 250, 400];
/** Kit may write at the same moment; more often than this it does not. */
const MAX_ROUNDS = 5;

/** How one kind of index file is read and written. `parse` throws for text that is not whole. */
export interface JsonFormat<T> {
  parse(text: string): T;
  /** Undefined when the file is to be removed. */
  write(value: T): string | undefined;
  readonly empty: T;
}

/** @throws EngineError STORE_CORRUPT when it stays unreadable, PERMISSION_DENIED, IO_ERROR */
export async function readJson<T>(disk: Disk, path: string, format: JsonFormat<T>): Promise<T> {
  const read = () =>
    ifThere(() => disk.readFile(path, 'utf8')).catch((error) => Promise.reject(cannotRead(error, path)));
  return (await readWhole(read, path, format)).value;
}

interface Content<T> {
  readonly text: string | undefined;
  readonly value: T;
}

async function readWhole<T>(
  read: () => Promise<string | undefined>,
  path: string,
  format: JsonFormat<T>,
): Promise<Content<T>> {
  for (let attempt = 0; ; attempt += 1) {
    const text = await read();
    if (text === undefined) return { text, value: format.empty };
    try {
      return { text, value: format.parse(text) };
    } catch (error) {
      const wait = RETRY_MS[attempt];
      if (wait === undefined) throw corrupt(path, error);
      await sleep(wait);
    }
  }
}

function corrupt(path: string, cause: unknown): EngineError {
  return new EngineError('STORE_CORRUPT', `${path} cannot be read: it is empty, cut or no JSON.`, {
    advice: 'Repair the local store with verify --repair; nothing was changed.',
    facts: { path },
    cause,
  });
}

function cannotRead(error: unknown, path: string): EngineError {
  return fromSystemError(error, `read ${path}`);
}

/**
 * Changes an index file that kit may write in place at the same time: reads it, applies the change, replaces it by rename,
 * and looks into the replaced file once more. What kit wrote there meanwhile is the new base, so that its change and ours
 * both stay. `guard` runs right before the rename. Returns false when the change had nothing to do.
 */
export async function changeJson<T>(
  disk: Disk,
  path: string,
  format: JsonFormat<T>,
  change: (value: T) => T,
  guard: () => Promise<void>,
): Promise<boolean> {
  let changed = false;
  let newer: T | undefined;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const old = await openOld(disk, path);
    try {
      const base = await readWhole(() => textOf(old), path, format);
      const next = change(newer ?? base.value);
      const text = format.write(next);
      if (newer === undefined && text === rewritten(base, format)) return changed;
      await guard();
      if (!(await replace(disk, path, text, base.text))) continue;
      changed = true;
      const after = await readWhole(() => textOf(old), path, format);
      if (after.text === base.text) return true;
      newer = after.value;
    } finally {
      await old?.close();
    }
  }
  return changed;
}

/** The present content in our form: equal to the new text when nothing changes. */
function rewritten<T>(base: Content<T>, format: JsonFormat<T>): string | undefined {
  return base.text === undefined ? undefined : format.write(base.value);
}

async function openOld(disk: Disk, path: string): Promise<FileHandle | undefined> {
  try {
    return await withHandles(() => disk.open(path, 'r'));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw cannotRead(error, path);
  }
}

async function textOf(handle: FileHandle | undefined): Promise<string | undefined> {
  if (!handle) return undefined;
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, 0);
  return bytes.toString('utf8', 0, bytesRead);
}

/** False when a file has appeared where there was none. */
async function replace(disk: Disk, path: string, text: string | undefined, old: string | undefined): Promise<boolean> {
  try {
    if (text === undefined) await removeFile(disk, path);
    else if (!(await putText(disk, path, text, old))) return false;
    await syncFolder(disk, dirname(path));
    return true;
  } catch (error) {
    throw fromSystemError(error, `write ${path}`);
  }
}

async function putText(disk: Disk, path: string, text: string, old: string | undefined): Promise<boolean> {
  const temporary = await temporaryPath(dirname(path));
  try {
    await writeTemporary(disk, temporary, text);
    if (old === undefined) return await placeNew(disk, temporary, path);
    await disk.rename(temporary, path);
    return true;
  } catch (error) {
    await removeFile(disk, temporary);
    if (systemCode(error) !== 'ENOSPC' || old === undefined || Buffer.byteLength(text) > Buffer.byteLength(old))
      throw error;
    await shrinkInPlace(disk, path, text, Buffer.byteLength(old));
    return true;
  }
}

async function writeTemporary(disk: Disk, path: string, text: string): Promise<void> {
  const handle = await withHandles(() => disk.open(path, 'wx', 0o666));
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename would silently replace a file that kit has just made; not every file system has links (bad-inputs B13). */
async function placeNew(disk: Disk, temporary: string, path: string): Promise<boolean> {
  try {
    await disk.link(temporary, path);
    await removeFile(disk, temporary);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      await removeFile(disk, temporary);
      return false;
    }
    await disk.rename(temporary, path);
    return true;
  }
}

/** On a full disk, where removing must work (bad-inputs B7): no new block is needed, blanks at the end are good JSON. */
async function shrinkInPlace(disk: Disk, path: string, text: string, size: number): Promise<void> {
  const bytes = Buffer.alloc(size, ' ');
  bytes.write(text);
  const handle = await withHandles(() => disk.open(path, 'r+'));
  try {
    await handle.write(bytes, 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
