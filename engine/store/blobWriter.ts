import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { fromSystemError, throwIfCancelled } from '../errors.ts';
import type { BlobStream } from './store.ts';

/** One write and one step of the hash: fewer would cost system calls, more only memory. */
const BATCH_BYTES = 1024 * 1024;

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where in the file to begin; 0 unless told. */
  readonly position?: number;
  /** Called with the bytes written by this call so far. */
  readonly onBytes?: ((written: number) => void) | undefined;
  /** Reading stops with an error when more than this comes. */
  readonly onExcess?: (() => Error) | undefined;
  readonly maxBytes?: number;
}

/**
 * Writes a stream to a file and hashes it on the way, in batches: while one is on its way to the disk, the next is
 * collected and hashed. Returns the bytes that were written.
 * @throws EngineError DISK_FULL, IO_ERROR for the file, CANCELLED; what the stream throws passes as it is
 */
export async function writeHashed(
  content: BlobStream,
  file: FileHandle,
  hash: Hash,
  options: WriteOptions = {},
): Promise<number> {
  const batches = new Batches(file, hash, options);
  try {
    for await (const chunk of content) {
      throwIfCancelled(options.signal);
      if (options.maxBytes !== undefined && batches.received + chunk.byteLength > options.maxBytes)
        throw options.onExcess?.() ?? new RangeError('too many bytes');
      await batches.add(chunk);
    }
    throwIfCancelled(options.signal);
  } finally {
    // What has arrived before a failure is kept: a download may go on from there.
    await batches.flush();
  }
  return batches.received;
}

/** Two buffers: one is filled while the other is written. Bytes are copied, since a producer may use its buffer again. */
class Batches {
  received = 0;
  readonly #file: FileHandle;
  readonly #hash: Hash;
  readonly #onBytes: ((written: number) => void) | undefined;
  #position: number;
  #filling = Buffer.allocUnsafe(BATCH_BYTES);
  #other = Buffer.allocUnsafe(BATCH_BYTES);
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: FileHandle, hash: Hash, { position = 0, onBytes }: WriteOptions) {
    this.#file = file;
    this.#hash = hash;
    this.#onBytes = onBytes;
    this.#position = position;
  }

  async add(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.byteLength; ) {
      const part = chunk.subarray(at, at + BATCH_BYTES - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.byteLength;
      this.received += part.byteLength;
      at += part.byteLength;
      if (this.#filled === BATCH_BYTES) await this.#send();
    }
  }

  async flush(): Promise<void> {
    if (this.#filled > 0) await this.#send();
    await this.#writing;
  }

  async #send(): Promise<void> {
    const batch = this.#filling.subarray(0, this.#filled);
    await this.#writing;
    this.#writing = writeAll(this.#file, batch, this.#position);
    // Don't wait: the failure is seen by whoever awaits the write next.
    this.#writing.catch(() => undefined);
    this.#hash.update(batch);
    this.#position += batch.byteLength;
    [this.#filling, this.#other] = [this.#other, this.#filling];
    this.#filled = 0;
    this.#onBytes?.(this.received);
  }
}

/** One write may take less than it was given. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  try {
    for (let at = 0; at < bytes.byteLength; ) {
      const { bytesWritten } = await file.write(bytes, at, bytes.byteLength - at, position + at);
      at += bytesWritten;
    }
  } catch (error) {
    throw fromSystemError(error, 'write a blob to the local store');
  }
}
