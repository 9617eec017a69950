import { isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Manifest, parseManifest } from '../oci/manifest.ts';
import type { BlobFiles } from './blobFiles.ts';

/** True when a manifest's bytes are right and all blobs that it names are there, each with the right size. */
export async function isComplete(blobs: BlobFiles, node: Descriptor): Promise<boolean> {
  const bytes = await blobs.readSmall(node);
  const manifest = bytes && readable(bytes);
  if (!manifest) return false;
  for (const blob of [manifest.config, ...manifest.layers]) if (!(await blobs.has(blob))) return false;
  return true;
}

function readable(bytes: Uint8Array): Manifest | undefined {
  try {
    return parseManifest(bytes);
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}
