import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import type { BlobStream } from './store.ts';

/**
 * The same bytes, checked as they pass: the reader gets an error at the first byte too many, and at the end when bytes
 * are missing or are not what the digest says. Nothing read before the end may be taken for right.
 * @throws EngineError BLOB_SIZE_MISMATCH, BLOB_DIGEST_MISMATCH, CANCELLED, FORMAT_UNSUPPORTED for an unknown algorithm
 */
export async function* verified(content: BlobStream, node: Descriptor, signal?: AbortSignal): BlobStream {
  const hash = digestHasher(node.digest);
  let size = 0;
  for await (const chunk of content) {
    throwIfCancelled(signal);
    size += chunk.byteLength;
    if (size > node.size) throw sizeMismatch(node, size, 'at least ');
    hash.update(chunk);
    yield chunk;
  }
  throwIfCancelled(signal);
  if (size < node.size) throw sizeMismatch(node, size);
  const actual = hash.digest('hex');
  if (actual !== digestHex(node.digest)) throw digestMismatch(node, actual);
}

export function sizeMismatch({ digest, size }: Descriptor, actual: number, more = ''): EngineError {
  return new EngineError('BLOB_SIZE_MISMATCH', `${digest} has ${more}${actual} bytes instead of ${size}.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest, expected: size, actual },
  });
}

export function digestMismatch({ digest }: Descriptor, actualHex: string): EngineError {
  return new EngineError('BLOB_DIGEST_MISMATCH', `The bytes of ${digest} are not what its digest says.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest, actual: actualHex },
  });
}
