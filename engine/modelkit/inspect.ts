import { configJson } from '../kitfile/configJson.ts';
import { kitfileYaml } from '../kitfile/kitfileYaml.ts';
import { displayReference, withDefaultTag } from '../oci/reference.ts';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { findKit, type Where } from './findKit.ts';
import { type LayerInfo, type LookOptions, layersOf } from './layers.ts';
import { singleReference } from './remoteReference.ts';

/** Everything that can be said about a ModelKit without reading its layers. */
export interface Inspection {
  readonly digest: string;
  /** In display form. */
  readonly reference: string;
  readonly where: Where;
  /** `unknown` where the manifest does not say. */
  readonly cliVersion: string;
  /** With the digests of its layers. */
  readonly kitfileJson: string;
  readonly kitfileYaml: string;
  /** As stored. */
  readonly manifestJson: string;
  /** Bytes of all layers. */
  readonly size: number;
  readonly layers: readonly LayerInfo[];
}

/**
 * Reads manifest and Kitfile of a ModelKit (spec 8.2).
 * @throws EngineError REFERENCE_*, NOT_A_MODELKIT, MANIFEST_INVALID, FORMAT_UNSUPPORTED, BLOB_*, REGISTRY_*, NETWORK_*
 */
export async function inspect(
  engine: Engine,
  reference: string,
  { remote = false }: LookOptions = {},
  call: Call = {},
): Promise<Inspection> {
  const wanted = withDefaultTag(singleReference(reference));
  const kit = await findKit(engine, wanted, remote ? 'registry' : undefined, call);
  const { root, where, cliVersion, kitfile, manifest, manifestBytes } = kit;
  return {
    digest: root.digest,
    reference: displayReference(wanted),
    where,
    cliVersion,
    kitfileJson: configJson(kitfile).toString(),
    kitfileYaml: kitfileYaml(kitfile),
    manifestJson: Buffer.from(manifestBytes).toString(),
    size: manifest.layers.reduce((sum, { size }) => sum + size, 0),
    layers: layersOf(kit),
  };
}
