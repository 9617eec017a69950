import { EngineError } from '../errors.ts';
import { configJson } from '../kitfile/configJson.ts';
import { withDigests } from '../kitfile/digests.ts';
import type { Kitfile } from '../kitfile/model.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { sha256 } from '../oci/digest.ts';
import { MAX_METADATA_BYTES } from '../oci/manifest.ts';
import {
  ANNOTATION_DIALECT_NAME,
  ANNOTATION_DIALECT_SECTION,
  ANNOTATION_LAYER_SUBTYPE,
  KITOPS_CONFIG,
  OCI_MANIFEST,
} from '../oci/mediaTypes.ts';
import type { LocalRepository, LocalStore, SavedBlob } from '../store/localStore.ts';
import type { BlobStream } from '../store/store.ts';
import type { Call } from './call.ts';
import { manifestBytes } from './manifestBytes.ts';
import type { SavedLayer } from './packLayers.ts';

/**
 * Stores the Kitfile with the digests of its layers (spec 1.6).
 * @throws EngineError METADATA_TOO_LARGE beyond 4 MiB: nobody could pull it (bad-inputs A26)
 */
export async function saveConfig(
  store: LocalStore,
  kitfile: Kitfile,
  layers: readonly SavedLayer[],
  { signal, onEvent }: Call,
  onSaved: (blob: SavedBlob) => void,
): Promise<Descriptor> {
  const bytes = configJson(
    withDigests(
      kitfile,
      layers.map(({ digest, diffId }) => ({ digest, diffId })),
    ),
  );
  if (bytes.byteLength > MAX_METADATA_BYTES)
    throw new EngineError(
      'METADATA_TOO_LARGE',
      'The Kitfile makes a config larger than 4 MiB, which no registry takes.',
      {
        advice: 'Move long texts and parameters into files of their own.',
        facts: { size: bytes.byteLength, limit: MAX_METADATA_BYTES },
      },
    );
  const blob = await store.addBlob(oneChunk(bytes), signal ? { signal } : {});
  onSaved(blob);
  onEvent?.({ type: 'saved', what: 'config', digest: blob.digest, existed: blob.existed });
  return { mediaType: KITOPS_CONFIG, digest: blob.digest, size: blob.size };
}

export interface ManifestOf {
  readonly config: Descriptor;
  readonly layers: readonly SavedLayer[];
  readonly cliVersion: string;
  readonly created: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Stores the manifest, then sets the tags: from here on the kit exists. */
export async function saveManifest(
  repository: LocalRepository,
  { layers, created, ...parts }: ManifestOf,
  tags: readonly string[],
  { signal, onEvent }: Call,
): Promise<Descriptor> {
  const bytes = manifestBytes({
    ...parts,
    layers: layers.map((layer) => ({ ...layer, annotations: layerAnnotations(layer) })),
    ...(created === undefined ? {} : { created }),
  });
  const root: Descriptor = { mediaType: OCI_MANIFEST, digest: sha256(bytes), size: bytes.byteLength };
  const existed = await repository.exists(root);
  await repository.push(root, (offset) => Promise.resolve(oneChunk(bytes.subarray(offset))), signal ? { signal } : {});
  for (const tag of tags) await repository.tag(root, tag);
  onEvent?.({ type: 'saved', what: 'manifest', digest: root.digest, existed });
  return root;
}

/** Besides its path: that it is a prompt (spec 2.1), and what it was called in the guide's dialect (spec 10.1). */
function layerAnnotations({ entry: { kind, note } }: SavedLayer): Readonly<Record<string, string>> {
  return {
    ...(kind === 'prompt' ? { [ANNOTATION_LAYER_SUBTYPE]: 'prompt' } : {}),
    ...(note?.section === undefined ? {} : { [ANNOTATION_DIALECT_SECTION]: note.section }),
    ...(note?.name === undefined ? {} : { [ANNOTATION_DIALECT_NAME]: note.name }),
  };
}

async function* oneChunk(bytes: Uint8Array): BlobStream {
  yield bytes;
}
