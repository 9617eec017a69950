import { type EngineError, isEngineError, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHex } from '../oci/digest.ts';
import { BLOB_MODE } from './blobFiles.ts';
import { writeHashed } from './blobWriter.ts';
import { assertSpace } from './freeSpace.ts';
import { Partial } from './partial.ts';
import type { OpenContent, PushOptions } from './store.ts';
import type { StoreContext } from './storeContext.ts';
import { digestMismatch, sizeMismatch } from './verify.ts';

/**
 * Stores a blob whose digest is known. After a lost connection or a killed process the next try goes on with what has
 * arrived; a cancelled one leaves nothing (bad-inputs F5, F6).
 * @throws EngineError BLOB_DIGEST_MISMATCH, BLOB_SIZE_MISMATCH, DISK_FULL, CANCELLED and what `open` throws
 */
export async function receiveBlob(
  context: StoreContext,
  node: Descriptor,
  open: OpenContent,
  options: PushOptions = {},
): Promise<void> {
  if (await context.blobs.isSound(node, options.signal)) return options.onBytes?.(node.size);
  const partial = await context.storing(Partial.open(context, node, options.signal));
  try {
    await receive(context, node, partial, open, options);
  } catch (error) {
    // Wrong bytes may be those of the interrupted try: one clean start (bad-inputs C18).
    if (partial.offset === 0 || !isEngineError(error) || !hasWrongBytes(error)) throw error;
    await receive(context, node, await context.storing(Partial.create(context, node)), open, options);
  }
  options.onBytes?.(node.size);
}

async function receive(
  context: StoreContext,
  node: Descriptor,
  partial: Partial,
  open: OpenContent,
  options: PushOptions,
): Promise<void> {
  try {
    await context.storing(assertSpace(context.disk, context.layout.storage, node.size - partial.offset));
  } catch (error) {
    await partial.keep();
    throw error;
  }
  try {
    await fill(node, partial, open, options);
    await context.storing(partial.finish());
    await context.blobs.place(partial.path, node, BLOB_MODE);
  } catch (error) {
    await (isLostConnection(error) ? partial.keep() : partial.drop());
    throw error;
  }
}

async function fill(node: Descriptor, partial: Partial, open: OpenContent, options: PushOptions): Promise<void> {
  const { signal, onBytes } = options;
  const { offset, file, hash } = partial;
  const isWhole = offset === node.size && offset > 0;
  const written = isWhole
    ? 0
    : await writeHashed(await open(offset), file, hash, {
        signal,
        position: offset,
        maxBytes: node.size - offset,
        onExcess: () => sizeMismatch(node, node.size + 1, 'at least '),
        onBytes: (bytes) => onBytes?.(offset + bytes),
      });
  throwIfCancelled(signal);
  if (offset + written < node.size) throw sizeMismatch(node, offset + written);
  const actual = hash.digest('hex');
  if (actual !== digestHex(node.digest)) throw digestMismatch(node, actual);
}

/** Too many bytes are wrong bytes; too few are a lost connection. */
function hasWrongBytes({ code, facts }: EngineError): boolean {
  return (
    code === 'BLOB_DIGEST_MISMATCH' || (code === 'BLOB_SIZE_MISMATCH' && Number(facts.actual) > Number(facts.expected))
  );
}

const OF_THE_NETWORK: readonly string[] = [
  'NETWORK_UNREACHABLE',
  'NETWORK_TIMEOUT',
  'TLS_FAILED',
  'PROXY_FAILED',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_UNAUTHORIZED',
  'REGISTRY_RATE_LIMITED',
];

/** The next try may bring the rest: what has arrived is worth keeping. */
export function isLostConnection(error: unknown): boolean {
  if (!isEngineError(error)) return false;
  return OF_THE_NETWORK.includes(error.code) || (error.code === 'BLOB_SIZE_MISMATCH' && !hasWrongBytes(error));
}
