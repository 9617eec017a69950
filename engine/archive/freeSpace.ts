import { statfs } from 'node:fs/promises';
import { EngineError, fromSystemError } from '../errors.ts';
import { freeBytes } from '../store/freeSpace.ts';

/** Watches that unpacking leaves the disk its reserve (bad-inputs, "Limits": inflated size). */
export class FreeSpace {
  readonly #folder: string;
  /** Bytes that may be written before the disk is asked again. */
  #left = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Before so many bytes are written. @throws EngineError DISK_FULL */
  async claim(bytes: number): Promise<void> {
    if (bytes > this.#left) this.#left = await this.#available();
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new EngineError('DISK_FULL', `${this.#folder} has no room for ${bytes} more bytes.`, {
      advice: 'Free some space on that disk, or unpack to another one.',
      facts: { folder: this.#folder, bytes },
    });
  }

  async #available(): Promise<number> {
    const space = await statfs(this.#folder).catch((error: unknown) => {
      throw fromSystemError(error, `ask for the free space of ${this.#folder}`);
    });
    return freeBytes(space);
  }
}
