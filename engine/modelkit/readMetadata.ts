import { EngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import { MAX_METADATA_BYTES } from '../oci/manifest.ts';
import type { Fetcher } from '../store/store.ts';

/**
 * Reads a manifest or config whole, checked against its descriptor.
 * @throws EngineError METADATA_TOO_LARGE beyond 4 MiB, BLOB_DIGEST_MISMATCH, BLOB_MISSING
 */
export async function readMetadata(source: Fetcher, node: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
  if (node.size > MAX_METADATA_BYTES)
    throw new EngineError('METADATA_TOO_LARGE', `The manifest or config ${node.digest} is larger than 4 MiB.`, {
      advice: 'It is no ModelKit, or it was packed with far too much text in the Kitfile.',
      facts: { digest: node.digest, size: node.size },
    });
  const chunks: Uint8Array[] = [];
  for await (const chunk of await source.fetch(node, signal ? { signal } : {})) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (
    bytes.byteLength === node.size &&
    digestHasher(node.digest).update(bytes).digest('hex') === digestHex(node.digest)
  )
    return bytes;
  throw new EngineError('BLOB_DIGEST_MISMATCH', `The bytes of ${node.digest} are not those that its digest says.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest: node.digest },
  });
}
