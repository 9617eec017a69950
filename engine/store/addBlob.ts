import { createHash } from 'node:crypto';
import type { Digest } from '../oci/digest.ts';
import { BLOB_MODE } from './blobFiles.ts';
import { writeHashed } from './blobWriter.ts';
import { removeFile, withHandles } from './disk.ts';
import { assertSpace } from './freeSpace.ts';
import type { BlobStream } from './store.ts';
import type { StoreContext } from './storeContext.ts';
import { temporaryPath } from './temporaryFiles.ts';

export interface SavedBlob {
  readonly digest: Digest;
  readonly size: number;
  /** It was there already. */
  readonly existed: boolean;
}

export interface AddBlobOptions {
  readonly signal?: AbortSignal;
  /** Compared with the free space before the first byte is written. */
  readonly expectedBytes?: number;
}

/**
 * Stores content whose digest is not known yet: a temporary file, hashed as it is written, then a rename. What is there
 * already stays when its bytes are right (bad-inputs B4).
 */
export async function addBlob(
  context: StoreContext,
  content: BlobStream,
  { signal, expectedBytes }: AddBlobOptions,
): Promise<SavedBlob> {
  const { disk, layout, blobs } = context;
  const path = await temporaryPath(layout.storage);
  try {
    if (expectedBytes !== undefined) await context.storing(assertSpace(disk, layout.storage, expectedBytes));
    const blob = await write(context, path, content, signal);
    if (blob.existed) await removeFile(disk, path);
    else await blobs.place(path, blob, BLOB_MODE);
    return blob;
  } catch (error) {
    await removeFile(disk, path);
    throw error;
  }
}

async function write(
  context: StoreContext,
  path: string,
  content: BlobStream,
  signal: AbortSignal | undefined,
): Promise<SavedBlob> {
  const hash = createHash('sha256');
  const file = await context.storing(withHandles(() => context.disk.open(path, 'wx', BLOB_MODE)));
  try {
    const size = await writeHashed(content, file, hash, { signal });
    const digest = `sha256:${hash.digest('hex')}`;
    const existed = await context.blobs.isSound({ digest, size }, signal);
    // What is there already is not written again, so the copy need not last.
    if (!existed) await context.storing(file.sync());
    return { digest, size, existed };
  } finally {
    await file.close();
  }
}
