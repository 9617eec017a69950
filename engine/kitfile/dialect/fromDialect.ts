import { type MapNode, pairOf, textNode, withValue } from '../nodes.ts';
import { Findings } from './findings.ts';
import { mapMetadata, mapRepository } from './metadata.ts';
import { mapDatasetFields, mapModelFields, mapModelList } from './modelList.ts';
import { mapModelParts } from './modelParts.ts';
import { textOf } from './moving.ts';
import { mapConfigs, mapNames } from './names.ts';

export interface FromDialect {
  readonly root: MapNode;
  readonly findings: Findings;
}

/** Maps the guide's dialect to the standard format; nothing that was written is dropped (spec 10.1). */
export function fromDialect(root: MapNode, strict: boolean): FromDialect {
  const findings = new Findings(strict);
  const steps = [
    mapManifestVersion,
    mapModelList,
    mapModelFields,
    mapModelParts,
    mapDatasetFields,
    mapNames,
    mapConfigs,
    mapRepository,
    mapMetadata,
  ];
  return { root: steps.reduce((map, step) => step(map, findings), root), findings };
}

/** `v1alpha1` has only ever been the guide's word for `1.0.0` (row 1). */
function mapManifestVersion(root: MapNode, findings: Findings): MapNode {
  const pair = pairOf(root, 'manifestVersion');
  if (textOf(pair?.value) !== 'v1alpha1' || !pair) return root;
  const { range } = pair.value;
  const message = 'The version of the Kitfile format is 1.0.0, and is packed as such; newer kits warn about any other.';
  findings.harmless('dialect-manifest-version', message, range, { suggestion: '1.0.0' });
  return withValue(root, 'manifestVersion', textNode('1.0.0', range));
}
