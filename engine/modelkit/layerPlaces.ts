import { EngineError } from '../errors.ts';
import { layerEntries } from '../kitfile/entries.ts';
import type { DialectNote, Kitfile, KitfileEntry } from '../kitfile/model.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Manifest } from '../oci/manifest.ts';
import {
  ANNOTATION_DIALECT_NAME,
  ANNOTATION_DIALECT_SECTION,
  ANNOTATION_FILEPATH,
  type LayerKind,
  type LayerType,
  parseLayerType,
} from '../oci/mediaTypes.ts';

/** A layer of a manifest with the entry of the Kitfile that it is. */
export interface PlacedLayer {
  readonly node: Descriptor;
  readonly type: LayerType;
  readonly entry: KitfileEntry;
  readonly note: DialectNote;
}

/**
 * Finds the Kitfile entry of each layer: by digest where the entry has one, else by order among its kind (spec 6.5).
 * @throws EngineError FORMAT_UNSUPPORTED for an unknown layer type, MANIFEST_INVALID where the two do not fit
 */
export function placeLayers(manifest: Manifest, kitfile: Kitfile): readonly PlacedLayer[] {
  const left = [...layerEntries(kitfile)];
  return manifest.layers.map((node) => {
    const type = layerType(node);
    const at = entryIndex(left, node, type.kind);
    const [entry = entryFromAnnotation(node, type.kind)] = at < 0 ? [] : left.splice(at, 1);
    return { node, type, entry, note: noteOf(node) };
  });
}

function layerType(node: Descriptor): LayerType {
  const type = parseLayerType(node.mediaType, node.annotations);
  if (type) return type;
  throw new EngineError('FORMAT_UNSUPPORTED', `The layer type ${node.mediaType.slice(0, 200)} is unknown.`, {
    advice: 'It comes from a newer program: look for a newer version of modelkit.',
    facts: { mediaType: node.mediaType.slice(0, 200), digest: node.digest },
  });
}

/** A model part may be filed as a weight, and a prompt as code: the digest decides before the kind. */
function entryIndex(left: readonly KitfileEntry[], node: Descriptor, kind: LayerKind): number {
  const exact = left.findIndex((entry) => entry.kind === kind && entry.digests.digest === node.digest);
  if (exact >= 0) return exact;
  const sameDigest = left.findIndex(({ digests }) => digests.digest === node.digest);
  if (sameDigest >= 0) return sameDigest;
  const next = left.findIndex((entry) => entry.kind === kind);
  if (next < 0 || left[next]?.digests.digest === undefined) return next;
  throw new EngineError('MANIFEST_INVALID', `digest in config and manifest do not match in ${kind}`, {
    advice: 'The ModelKit was changed after it was packed: pack it again.',
    facts: { digest: node.digest },
  });
}

function entryFromAnnotation(node: Descriptor, kind: LayerKind): KitfileEntry {
  const path = node.annotations?.[ANNOTATION_FILEPATH];
  if (path !== undefined && path !== '')
    return { kind, section: 'code', index: 0, path, digests: { digest: node.digest } };
  throw new EngineError('MANIFEST_INVALID', `The Kitfile has no entry for the ${kind} layer ${node.digest}.`, {
    advice: 'The ModelKit was changed after it was packed: pack it again.',
    facts: { digest: node.digest },
  });
}

/** What pack noted about the guide's dialect (spec 10.1). */
function noteOf({ annotations }: Descriptor): DialectNote {
  const section = annotations?.[ANNOTATION_DIALECT_SECTION];
  const name = annotations?.[ANNOTATION_DIALECT_NAME];
  return {
    ...(section === 'config' ? { section } : {}),
    ...(name === undefined ? {} : { name }),
  };
}
