import { configJson } from '../kitfile/configJson.ts';
import { kitfileYaml } from '../kitfile/kitfileYaml.ts';
import type { Kitfile } from '../kitfile/model.ts';
import { displayReference, withDefaultTag } from '../oci/reference.ts';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { findKit } from './findKit.ts';
import { fieldYaml } from './infoField.ts';
import type { LookOptions } from './layers.ts';
import { singleReference } from './remoteReference.ts';

export interface InfoOptions extends LookOptions {
  /** One field, such as `package` or `model.name`. */
  readonly filter?: string;
}

export interface InfoResult {
  readonly digest: string;
  /** In display form. */
  readonly reference: string;
  /** The Kitfile, or the field that was asked for. */
  readonly yaml: string;
  readonly kitfile: Kitfile;
  /** The config's JSON, with the digests of the layers. */
  readonly kitfileJson: string;
}

/**
 * The Kitfile of a ModelKit (spec 8.2).
 * @throws EngineError REFERENCE_*, NOT_A_MODELKIT, MANIFEST_INVALID, INPUT_INVALID for a filter, BLOB_*, REGISTRY_*, NETWORK_*
 */
export async function info(
  engine: Engine,
  reference: string,
  { remote = false, filter }: InfoOptions = {},
  call: Call = {},
): Promise<InfoResult> {
  const wanted = withDefaultTag(singleReference(reference));
  const { root, kitfile } = await findKit(engine, wanted, remote ? 'registry' : undefined, call);
  return {
    digest: root.digest,
    reference: displayReference(wanted),
    yaml: filter === undefined ? kitfileYaml(kitfile) : fieldYaml(kitfile, filter),
    kitfile,
    kitfileJson: configJson(kitfile).toString(),
  };
}
