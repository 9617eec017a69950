import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, fromSystemError } from '../errors.ts';
import { type Disk, ifThere } from './disk.ts';

/** Waits between tries to read a file that kit is writing in place (spec 4.6): 5 tries. */
const RETRY_MS = [50, 100, 250, 400];

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

export interface Content<T> {
  readonly text: string | undefined;
  readonly value: T;
}

/** Tries again while what was read is not whole. */
export async function readWhole<T>(
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
    advice:
      'Nothing was changed. If a kit is writing it, try again; else move the file away, then pack or pull again what was in it.',
    facts: { path },
    cause,
  });
}

export function cannotRead(error: unknown, path: string): EngineError {
  return fromSystemError(error, `read ${path}`);
}
