import { closeSync, constants, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { fromSystemError, throwIfCancelled } from '../errors.ts';
import { openPatiently } from './handles.ts';

const writeAsync = promisify(write);
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
/** Files up to this size are gathered and written by one blocking call. */
const SMALL = 128 * 1024;

export interface Content {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Undefined when only the end tells. */
  readonly size: number | undefined;
}

/**
 * Writes a new file; what the umask takes of the mode is the system's doing.
 * @param shown its name in messages
 * @returns the bytes written
 */
export async function writeNewFile(
  path: string,
  { bytes, size }: Content,
  mode: number,
  shown: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const gathered = size !== undefined && size <= SMALL ? [await gather(bytes)] : bytes;
  let written = 0;
  try {
    const fd = await openPatiently(path, FLAGS, mode);
    try {
      for await (const chunk of gathered) {
        throwIfCancelled(signal);
        if (Array.isArray(gathered)) writeNow(fd, chunk);
        else await writeFully(fd, chunk);
        written += chunk.byteLength;
      }
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fromSystemError(error, `write ${shown}`);
  }
  return written;
}

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function writeNow(fd: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength; ) at += writeSync(fd, chunk, at);
}

async function writeFully(fd: number, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) {
    const { bytesWritten } = await writeAsync(fd, chunk, at, chunk.byteLength - at, null);
    at += bytesWritten;
  }
}
