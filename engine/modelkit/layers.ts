import type { LayerKind } from '../oci/mediaTypes.ts';
import { withDefaultTag } from '../oci/reference.ts';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { findKit } from './findKit.ts';
import { placeLayers } from './layerPlaces.ts';
import type { Kit } from './readKit.ts';
import { singleReference } from './remoteReference.ts';

/** One layer of a ModelKit as people look at it. */
export interface LayerInfo {
  readonly kind: LayerKind;
  readonly name?: string;
  /** As written in the Kitfile. */
  readonly path: string;
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
  readonly diffId?: string;
  /** Its part of all layers, from 0 to 1. */
  readonly share: number;
}

export interface LookOptions {
  /** Asks the registry, whatever the local store has. */
  readonly remote?: boolean;
}

/**
 * The layers of a ModelKit in the order of its manifest.
 * @throws EngineError REFERENCE_*, NOT_A_MODELKIT, MANIFEST_INVALID, FORMAT_UNSUPPORTED, BLOB_*, REGISTRY_*, NETWORK_*
 */
export async function layers(
  engine: Engine,
  reference: string,
  { remote = false }: LookOptions = {},
  call: Call = {},
): Promise<readonly LayerInfo[]> {
  const wanted = withDefaultTag(singleReference(reference));
  return layersOf(await findKit(engine, wanted, remote ? 'registry' : undefined, call));
}

export function layersOf({ manifest, kitfile }: Kit): readonly LayerInfo[] {
  const total = manifest.layers.reduce((sum, { size }) => sum + size, 0);
  return placeLayers(manifest, kitfile).map(({ node, type, entry, note }) => {
    const name = entry.name ?? note.name;
    const { diffId } = entry.digests;
    return {
      kind: type.kind,
      ...(name === undefined ? {} : { name }),
      path: entry.path,
      mediaType: node.mediaType,
      size: node.size,
      digest: node.digest,
      ...(diffId === undefined ? {} : { diffId }),
      share: total === 0 ? 0 : node.size / total,
    };
  });
}
