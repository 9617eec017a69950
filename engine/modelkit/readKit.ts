import { EngineError } from '../errors.ts';
import { kitfileFromConfig } from '../kitfile/fromConfig.ts';
import type { Kitfile } from '../kitfile/model.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { assertModelKit, type Manifest, parseManifest } from '../oci/manifest.ts';
import { ANNOTATION_CLI_VERSION, ANNOTATION_KITFILE, MODELPACK_CONFIG, OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { displayReference, type Reference } from '../oci/reference.ts';
import type { Source } from '../store/store.ts';
import { modelPackKitfile } from './modelPackKitfile.ts';
import { readMetadata } from './readMetadata.ts';
import { tagOrDigest } from './remoteReference.ts';

/** The metadata of a ModelKit or ModelPack. */
export interface KitMetadata {
  readonly root: Descriptor;
  readonly manifest: Manifest;
  /** As stored. */
  readonly manifestBytes: Uint8Array;
  readonly configBytes: Uint8Array;
}

/** A ModelKit or ModelPack that was found: everything but its layers. */
export interface Kit extends KitMetadata {
  readonly kitfile: Kitfile;
  /** `kitops` has its Kitfile for a config, `annotation` beside a ModelPack's config; `none` had it made up from the layers. */
  readonly kitfileFrom: 'kitops' | 'annotation' | 'none';
  /** `unknown` where the manifest does not say (spec 8.2). */
  readonly cliVersion: string;
}

/**
 * Resolves a reference, and reads manifest and config, each checked against its digest.
 * @throws EngineError REFERENCE_NOT_FOUND, NOT_A_MODELKIT, MANIFEST_INVALID, METADATA_TOO_LARGE, BLOB_*
 */
export async function readKit(source: Source, reference: Reference, signal?: AbortSignal): Promise<Kit> {
  const root = await source.resolve(tagOrDigest(reference), signal);
  const metadata = await readKitMetadata(source, root, displayReference(reference), signal);
  const { manifest, configBytes } = metadata;
  return {
    ...metadata,
    ...kitfileOf(manifest, configBytes),
    cliVersion: manifest.annotations?.[ANNOTATION_CLI_VERSION] || 'unknown',
  };
}

/** Manifest and config, unread. @param name for messages */
export async function readKitMetadata(
  source: Source,
  root: Descriptor,
  name: string,
  signal?: AbortSignal,
): Promise<KitMetadata> {
  if (root.mediaType !== OCI_MANIFEST)
    throw new EngineError('NOT_A_MODELKIT', `${name} is no image manifest (${root.mediaType}), so it is no ModelKit.`, {
      advice: 'Use the program that made it.',
      facts: { reference: name, mediaType: root.mediaType },
    });
  const manifestBytes = await readMetadata(source, root, signal);
  const manifest = parseManifest(manifestBytes);
  assertModelKit(manifest, name);
  const configBytes = await readMetadata(source, manifest.config, signal);
  return { root, manifest, manifestBytes, configBytes };
}

/** A ModelPack keeps its Kitfile in an annotation, or has none (spec 9.3). */
function kitfileOf(manifest: Manifest, config: Uint8Array): Pick<Kit, 'kitfile' | 'kitfileFrom'> {
  const annotation = manifest.annotations?.[ANNOTATION_KITFILE];
  if (annotation !== undefined)
    return { kitfile: kitfileFromConfig(Buffer.from(annotation)), kitfileFrom: 'annotation' };
  if (manifest.config.mediaType === MODELPACK_CONFIG)
    return { kitfile: modelPackKitfile(manifest), kitfileFrom: 'none' };
  return { kitfile: kitfileFromConfig(config), kitfileFrom: 'kitops' };
}
