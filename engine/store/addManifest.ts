import { EngineError, fromSystemError, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { assertModelKit, MAX_METADATA_BYTES, parseManifest } from '../oci/manifest.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { MANIFEST_MODE, missing } from './blobFiles.ts';
import { removeFile, withHandles } from './disk.ts';
import { withEntries } from './indexFiles.ts';
import { assertStorableName } from './layout.ts';
import { rememberAdded } from './memory.ts';
import { redoIfUndone } from './repair.ts';
import type { OpenContent, PushOptions } from './store.ts';
import type { StoreContext } from './storeContext.ts';
import { temporaryPath } from './temporaryFiles.ts';
import { type Transaction, transact } from './transaction.ts';
import { verified } from './verify.ts';

/**
 * Makes a ModelKit of blobs that are there: the manifest's blob, index.json, the index of its repository, in this order
 * (spec 4.3). All blobs are looked for under the lock, since another program may have collected them meanwhile (B11).
 * @throws EngineError BLOB_MISSING, NOT_A_MODELKIT, MANIFEST_INVALID, BLOB_*, STORE_LOCKED, DISK_FULL, CANCELLED
 */
export async function addManifest(
  context: StoreContext,
  repository: string,
  node: Descriptor,
  open: OpenContent,
  { signal, onBytes }: PushOptions = {},
): Promise<void> {
  assertStorableName(repository);
  const bytes = await read(node, open, signal);
  const needed = neededBlobs(bytes, repository);
  await transact(context, signal, async (transaction) => {
    await assertBlobs(context, needed);
    throwIfCancelled(signal);
    await storeManifest(context, node, bytes);
    await rememberAdded(transaction, repository, node);
    await list(transaction, repository, node);
    await redoIfUndone(transaction);
  });
  onBytes?.(node.size);
}

async function read(node: Descriptor, open: OpenContent, signal: AbortSignal | undefined): Promise<Buffer> {
  if (node.mediaType !== OCI_MANIFEST)
    throw new EngineError('NOT_A_MODELKIT', `The local store holds ModelKits only, not ${node.mediaType}.`, {
      advice: 'Use the program that made it.',
      facts: { mediaType: node.mediaType },
    });
  if (node.size > MAX_METADATA_BYTES)
    throw new EngineError('METADATA_TOO_LARGE', 'A manifest is larger than 4 MiB.', { advice: 'It is no ModelKit.' });
  const chunks: Uint8Array[] = [];
  for await (const chunk of verified(await open(0), node, signal)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Anything else in a repository's index would make kit crash (spec 4.3). */
function neededBlobs(bytes: Buffer, repository: string): readonly Descriptor[] {
  const manifest = parseManifest(bytes);
  assertModelKit(manifest, `What was to be stored in ${repository}`);
  return [manifest.config, ...manifest.layers];
}

async function assertBlobs({ blobs }: StoreContext, needed: readonly Descriptor[]): Promise<void> {
  const gone: string[] = [];
  for (const blob of needed) if (!(await blobs.has(blob))) gone.push(blob.digest);
  if (gone.length > 0) throw missing(gone);
}

async function storeManifest(context: StoreContext, node: Descriptor, bytes: Buffer): Promise<void> {
  const { disk, layout, blobs } = context;
  if (await blobs.readSmall(node)) return;
  const path = await temporaryPath(layout.storage);
  try {
    const file = await withHandles(() => disk.open(path, 'wx', 0o600));
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // One that is there has wrong bytes, whatever its size.
    await blobs.remove(node.digest);
    await blobs.place(path, node, MANIFEST_MODE);
  } catch (error) {
    await removeFile(disk, path);
    throw fromSystemError(error, `store a manifest in ${layout.storage}`);
  }
}

async function list(transaction: Transaction, repository: string, node: Descriptor): Promise<void> {
  await transaction.changeStoreIndex((index) => withEntries(index, [node]));
  await transaction.changeRepositoryIndex(repository, (index) => withEntries(index, [node]));
}
