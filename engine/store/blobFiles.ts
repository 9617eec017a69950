import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EngineError, fromSystemError, systemCode, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, sha256 } from '../oci/digest.ts';
import { MAX_METADATA_BYTES } from '../oci/manifest.ts';
import { bufferRing } from './bufferRing.ts';
import { type Disk, ifThere, isAbsent, removeFile, syncFolder, withHandles } from './disk.ts';
import type { Layout } from './layout.ts';
import type { BlobStream, FetchOptions } from './store.ts';
import { temporaryPath } from './temporaryFiles.ts';
import { isSound, sizeMismatch } from './verify.ts';

const READ_BYTES = 256 * 1024;
/** Layers as kit's pack and all that is pulled; manifests are 0444 as oras writes them (spec 4.2). */
export const BLOB_MODE = 0o600;
export const MANIFEST_MODE = 0o444;

/** The files below `blobs/sha256`. */
export class BlobFiles {
  readonly #disk: Disk;
  readonly #layout: Layout;

  constructor(disk: Disk, layout: Layout) {
    this.#disk = disk;
    this.#layout = layout;
  }

  /** Size of a blob that is there; whether its bytes are right is found out by reading. @throws EngineError STORE_CORRUPT */
  async size(digest: Digest): Promise<number | undefined> {
    const path = this.#layout.blob(digest);
    const found = await ifThere(() => this.#disk.lstat(path)).catch((error) => {
      throw fromSystemError(error, `read ${path}`);
    });
    if (!found) return undefined;
    assertPlainFile(found, path);
    return found.size;
  }

  async has({ digest, size }: Pick<Descriptor, 'digest' | 'size'>): Promise<boolean> {
    return (await this.size(digest)) === size;
  }

  /** True when its bytes are right: kit takes whatever is there for that (bad-inputs B4). @throws EngineError as `open` */
  async isSound(node: Pick<Descriptor, 'digest' | 'size'>, signal?: AbortSignal): Promise<boolean> {
    const blob = { ...node, mediaType: '' };
    const options = { reuseBuffers: true, ...(signal ? { signal } : {}) };
    return (await this.has(node)) && (await isSound(() => this.open(blob, options), blob, signal));
  }

  /** @throws EngineError BLOB_MISSING, BLOB_SIZE_MISMATCH, STORE_CORRUPT, PERMISSION_DENIED */
  async open(node: Descriptor, { offset = 0, signal, reuseBuffers = false }: FetchOptions = {}): Promise<BlobStream> {
    throwIfCancelled(signal);
    const size = await this.size(node.digest);
    if (size === undefined) throw missing([node.digest]);
    if (size !== node.size) throw sizeMismatch(node, size);
    const path = this.#layout.blob(node.digest);
    return readFrom(this.#disk, path, offset, {
      signal,
      nextBuffer: reuseBuffers ? bufferRing(READ_BYTES) : () => Buffer.allocUnsafe(READ_BYTES),
    });
  }

  /** A manifest or config whole; undefined when it is missing or its bytes are wrong. */
  async readSmall(node: Descriptor): Promise<Buffer | undefined> {
    if (node.size > MAX_METADATA_BYTES || !(await this.has(node))) return undefined;
    const path = this.#layout.blob(node.digest);
    const bytes = await ifThere(() => this.#disk.readFile(path)).catch((error) => {
      throw fromSystemError(error, `read the blob ${path}`);
    });
    return bytes && sha256(bytes) === node.digest ? bytes : undefined;
  }

  /**
   * Puts a finished file into its place, over what is there: that has the same bytes or wrong ones.
   * @throws EngineError STORE_CORRUPT, DISK_FULL, PERMISSION_DENIED, IO_ERROR
   */
  async place(temporary: string, { digest }: Pick<Descriptor, 'digest'>, mode: number): Promise<void> {
    const path = this.#layout.blob(digest);
    const existing = await this.size(digest);
    try {
      await this.#disk.chmod(temporary, mode);
      if (existing !== undefined && process.platform === 'win32') await removeFile(this.#disk, path);
      await this.#move(temporary, path);
      await syncFolder(this.#disk, dirname(path));
    } catch (error) {
      throw fromSystemError(error, `store the blob ${path}`);
    }
  }

  /** A blob that is open elsewhere may stay on Windows; it is garbage then (bad-inputs B11). */
  async remove(digest: Digest): Promise<void> {
    try {
      await removeFile(this.#disk, this.#layout.blob(digest));
    } catch (error) {
      if (process.platform === 'win32' && systemCode(error) === 'EBUSY') return;
      throw fromSystemError(error, `remove the blob ${digest}`);
    }
  }

  /** `blobs` may be on another disk than the rest (bad-inputs B14). */
  async #move(from: string, to: string): Promise<void> {
    try {
      await this.#disk.rename(from, to);
    } catch (error) {
      if (systemCode(error) !== 'EXDEV') throw error;
      const near = await temporaryPath(dirname(to));
      await this.#copyTo(from, near, to).catch(async (failure: unknown) => {
        await removeFile(this.#disk, near);
        throw failure;
      });
      await removeFile(this.#disk, from);
    }
  }

  async #copyTo(from: string, near: string, to: string): Promise<void> {
    await this.#disk.copyFile(from, near, constants.COPYFILE_EXCL);
    const copy = await withHandles(() => this.#disk.open(near, 'r'));
    await copy.sync().finally(() => copy.close());
    await this.#disk.rename(near, to);
  }
}

/** A link or a folder in the place of a blob is neither followed nor overwritten (bad-inputs B17). */
function assertPlainFile(found: Stats, path: string): void {
  if (found.isFile() && (found.mode & 0o777) !== 0) return;
  throw new EngineError('STORE_CORRUPT', `${path} is not a readable file, so it cannot be a blob.`, {
    advice: 'Look what it is and take it away; then pull or pack the ModelKit again.',
    facts: { path },
  });
}

export function missing(digests: readonly Digest[]): EngineError {
  const more = digests.length > 1 ? ` and ${digests.length - 1} more` : '';
  return new EngineError('BLOB_MISSING', `The blob ${digests[0]}${more} is not in the local store.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digests: [...digests] },
  });
}

interface ReadOptions {
  readonly signal: AbortSignal | undefined;
  readonly nextBuffer: () => Buffer;
}

/** Opened at the first read, so that a stream which nobody reads costs no handle. */
async function* readFrom(disk: Disk, path: string, offset: number, { signal, nextBuffer }: ReadOptions): BlobStream {
  const file = await withHandles(() => disk.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))).catch(
    (error) => {
      throw isAbsent(error) ? missing([`sha256:${basename(path)}`]) : fromSystemError(error, `read the blob ${path}`);
    },
  );
  try {
    for (let position = offset; ; ) {
      throwIfCancelled(signal);
      const { bytesRead, buffer } = await file.read(nextBuffer(), 0, READ_BYTES, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw fromSystemError(error, `read the blob ${path}`);
  } finally {
    await file.close();
  }
}
