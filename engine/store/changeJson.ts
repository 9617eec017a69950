import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { type Disk, isAbsent, removeFile, syncFolder, withHandles } from './disk.ts';
import { type Content, cannotRead, type JsonFormat, readWhole } from './jsonFile.ts';
import { temporaryPath } from './temporaryFiles.ts';

/** Each time that kit writes at the same moment is one more. */
const MAX_ROUNDS = 20;

/**
 * Changes an index file that kit may write in place at the same time: reads it, applies the change, looks whether it is
 * still the same, replaces it by rename, and looks into the replaced file once more, which kit may have had open. What kit
 * wrote there is the new base, so that its change and ours both stay. `guard` runs before the rename.
 * Returns false when the change had nothing to do.
 */
export async function changeJson<T>(
  disk: Disk,
  path: string,
  format: JsonFormat<T>,
  change: (value: T) => T,
  guard: () => Promise<void>,
): Promise<boolean> {
  let written: { readonly text: string | undefined; readonly newer: T } | undefined;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const old = await OldFile.open(disk, path, format);
    try {
      const base = await old.read();
      const isOurs = written !== undefined && written.text === base.text;
      const next = change(isOurs && written ? written.newer : base.value);
      if (next === base.value && base.text !== undefined) return written !== undefined;
      const text = format.write(next);
      if (text === rewritten(base, format)) return written !== undefined;
      if (!(await replace(disk, path, text, old, base.text, guard))) continue;
      if (old.isClosed) return true;
      const after = await old.read();
      if (after.text === base.text) return true;
      written = { text, newer: after.value };
    } finally {
      await old.close();
    }
  }
  throw new EngineError('STORE_LOCKED', `Another program keeps writing ${path}.`, {
    advice: 'Wait until it is done and try again.',
    facts: { path },
  });
}

/** The present content in our form: equal to the new text when nothing changes. */
function rewritten<T>(base: Content<T>, format: JsonFormat<T>): string | undefined {
  return base.text === undefined ? undefined : format.write(base.value);
}

/** The file that is going to be replaced, which stays readable for us; absent where there is none yet. */
class OldFile<T> {
  #handle: FileHandle | undefined;
  isClosed = false;
  readonly #path: string;
  readonly #format: JsonFormat<T>;

  private constructor(handle: FileHandle | undefined, path: string, format: JsonFormat<T>) {
    this.#handle = handle;
    this.#path = path;
    this.#format = format;
  }

  static async open<T>(disk: Disk, path: string, format: JsonFormat<T>): Promise<OldFile<T>> {
    try {
      return new OldFile(await withHandles(() => disk.open(path, 'r')), path, format);
    } catch (error) {
      if (isAbsent(error)) return new OldFile(undefined, path, format);
      throw cannotRead(error, path);
    }
  }

  read(): Promise<Content<T>> {
    return readWhole(() => this.text(), this.#path, this.#format);
  }

  /** As it is now, whole or not. */
  async text(): Promise<string | undefined> {
    if (!this.#handle) return undefined;
    const { size } = await this.#handle.stat();
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await this.#handle.read(bytes, 0, size, 0);
    return bytes.toString('utf8', 0, bytesRead);
  }

  /** Windows renames nothing onto a file that is open; what kit writes at this very moment is lost there. */
  async makeReplaceable(): Promise<void> {
    if (process.platform === 'win32' && this.#handle) await this.close();
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
    this.isClosed = true;
  }
}

/** False when the file has changed, or appeared, meanwhile. */
async function replace<T>(
  disk: Disk,
  path: string,
  text: string | undefined,
  old: OldFile<T>,
  oldText: string | undefined,
  guard: () => Promise<void>,
): Promise<boolean> {
  const isSame = async () => {
    await guard();
    if ((await old.text()) !== oldText) return false;
    await old.makeReplaceable();
    return true;
  };
  try {
    if (text !== undefined) {
      if (!(await putText(disk, path, text, oldText, isSame))) return false;
    } else {
      if (!(await isSame())) return false;
      await removeFile(disk, path);
    }
    await syncFolder(disk, dirname(path));
    return true;
  } catch (error) {
    throw fromSystemError(error, `write ${path}`);
  }
}

async function putText(
  disk: Disk,
  path: string,
  text: string,
  old: string | undefined,
  isSame: () => Promise<boolean>,
): Promise<boolean> {
  const temporary = await temporaryPath(dirname(path));
  try {
    await writeTemporary(disk, temporary, text);
    if (await isSame()) return await putInPlace(disk, temporary, path, old);
    await removeFile(disk, temporary);
    return false;
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

async function putInPlace(disk: Disk, temporary: string, path: string, old: string | undefined): Promise<boolean> {
  if (old === undefined) return placeNew(disk, temporary, path);
  await disk.rename(temporary, path);
  return true;
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
