import { createHash } from 'node:crypto';
import type { Descriptor } from '../../engine/oci/descriptor.ts';
import { OCI_MANIFEST } from '../../engine/oci/mediaTypes.ts';
import type { BlobStream, OpenContent } from '../../engine/store/store.ts';

export function descriptorOf(bytes: Uint8Array, mediaType = 'application/octet-stream'): Descriptor {
  return { mediaType, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, size: bytes.byteLength };
}

/** Content as a pusher wants it: opened from any offset, in small odd pieces. */
export function opener(bytes: Uint8Array, piece = 977): OpenContent {
  return (offset) => Promise.resolve(pieces(bytes.subarray(offset), piece));
}

async function* pieces(bytes: Uint8Array, piece: number): BlobStream {
  for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece);
}

export async function readAll(stream: BlobStream): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Bytes that look random and are the same each time. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

export interface SmallKit {
  readonly config: Buffer;
  readonly layer: Buffer;
  readonly manifest: Buffer;
  readonly descriptor: Descriptor;
}

/**
 * A ModelKit of one layer, not packed by anybody: for tests that only move it.
 * @param parent a reference in `model.path`
 */
export function smallKit(layer: Buffer = noise(5000), name = 'small', parent?: string): SmallKit {
  const kitfile = {
    manifestVersion: '1.0.0',
    package: { name, authors: ['Ada'] },
    ...(parent ? { model: { path: parent } } : {}),
  };
  const config = Buffer.from(JSON.stringify(kitfile));
  return kitOf(config, layer, 'application/vnd.kitops.modelkit.config.v1+json');
}

/** An artifact of one layer. @param configType decides whether it is a ModelKit */
export function kitOf(config: Buffer, layer: Buffer, configType: string): SmallKit {
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: descriptorOf(config, configType),
      layers: [descriptorOf(layer, 'application/vnd.kitops.modelkit.model.v1.tar')],
    }),
  );
  return { config, layer, manifest, descriptor: descriptorOf(manifest, OCI_MANIFEST) };
}
