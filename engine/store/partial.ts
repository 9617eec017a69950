import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { systemCode, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import { isAbsent, removeFile, withHandles } from './disk.ts';
import type { StoreContext } from './storeContext.ts';
import { abandonedPartials, idlePartialPath, partialPath } from './temporaryFiles.ts';

const READ_BYTES = 1024 * 1024;
/** Less than this is quicker to receive again than to keep. */
const KEEP_BYTES = 1024 * 1024;

/**
 * The file that a blob is received into, in `storage/` beside `ingest/`, which kit empties (spec 4.6, 5.6). Its name holds
 * the digest and who works on it: a rename takes over what another has left, and only one process can win it.
 */
export class Partial {
  readonly path: string;
  readonly file: FileHandle;
  /** Of the bytes that are in the file already. */
  readonly hash: Hash;
  /** How many they are. */
  readonly offset: number;
  readonly #context: StoreContext;
  readonly #node: Descriptor;

  private constructor(context: StoreContext, node: Descriptor, path: string, file: FileHandle, read: Prefix) {
    this.#context = context;
    this.#node = node;
    this.path = path;
    this.file = file;
    this.hash = read.hash;
    this.offset = read.bytes;
  }

  /** Goes on where an interrupted download stopped, or starts anew. */
  static async open(context: StoreContext, node: Descriptor, signal: AbortSignal | undefined): Promise<Partial> {
    const path = await partialPath(context.layout.storage, digestHex(node.digest));
    const found = await claim(context, node, path);
    const file = await withHandles(() => context.disk.open(path, found ? 'r+' : 'wx', 0o600));
    try {
      return new Partial(context, node, path, file, await readPrefix(file, node, signal));
    } catch (error) {
      await file.close();
      await removeFile(context.disk, path);
      throw error;
    }
  }

  /** Starts anew without looking for what there is. */
  static async create(context: StoreContext, node: Descriptor): Promise<Partial> {
    const path = await partialPath(context.layout.storage, digestHex(node.digest));
    const file = await withHandles(() => context.disk.open(path, 'wx', 0o600));
    return new Partial(context, node, path, file, { hash: digestHasher(node.digest), bytes: 0 });
  }

  /** On the disk, for good. */
  async finish(): Promise<void> {
    await this.file.sync();
    await this.file.close();
  }

  async drop(): Promise<void> {
    await this.file.close();
    await removeFile(this.#context.disk, this.path);
  }

  /** Leaves it for the next try when it is worth that. */
  async keep(): Promise<void> {
    const { size } = await this.file.stat();
    if (size < KEEP_BYTES) return this.drop();
    await this.file.close();
    const { disk, layout } = this.#context;
    await disk.rename(this.path, idlePartialPath(layout.storage, digestHex(this.#node.digest)));
  }
}

/** The first of the interrupted downloads that can be had; others may be taken by other processes at this moment. */
async function claim({ disk, layout }: StoreContext, node: Descriptor, path: string): Promise<boolean> {
  for (const found of await abandonedPartials(disk, layout.storage, digestHex(node.digest)))
    try {
      await disk.rename(found, path);
      return true;
    } catch (error) {
      if (!isAbsent(error) && systemCode(error) !== 'EBUSY') throw error;
    }
  return false;
}

interface Prefix {
  readonly hash: Hash;
  readonly bytes: number;
}

/** Hashes what is there; a file that is too long is cut to nothing. */
async function readPrefix(file: FileHandle, node: Descriptor, signal: AbortSignal | undefined): Promise<Prefix> {
  const hash = digestHasher(node.digest);
  const { size } = await file.stat();
  if (size > node.size) {
    await file.truncate(0);
    return { hash, bytes: 0 };
  }
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  for (let bytes = 0; bytes < size; ) {
    throwIfCancelled(signal);
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES, bytes);
    if (bytesRead === 0) return { hash, bytes };
    hash.update(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
  return { hash, bytes: size };
}
