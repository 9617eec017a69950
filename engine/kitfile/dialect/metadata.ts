import { goJson } from '../goJson.ts';
import { type KitNode, type MapNode, type PairNode, pairOf, valueAt, without, withValue } from '../nodes.ts';
import { parameterValue } from '../parameters.ts';
import type { Findings } from './findings.ts';
import { addParameter, textOf } from './moving.ts';

/** Where a manifest of OCI says its source code is. */
const SOURCE = 'org.opencontainers.image.source';
const METADATA = 'vnd.modelkit.metadata';

/** `package.repository`: a parameter of the model, or an annotation where there is none (spec 10.1 row 14). */
export function mapRepository(root: MapNode, findings: Findings): MapNode {
  const packageNode = valueAt(root, 'package');
  const pair = packageNode?.kind === 'map' ? pairOf(packageNode, 'repository') : undefined;
  if (packageNode?.kind !== 'map' || !pair || pair.value.kind !== 'scalar') return root;
  const rest = withValue(root, 'package', without(packageNode, ['repository']));
  const model = valueAt(rest, 'model');
  if (model?.kind === 'map') {
    report('repository', 'model.parameters.repository', pair, findings);
    return withValue(rest, 'model', addParameter(model, 'repository', pair.value));
  }
  report('repository', `the annotation ${SOURCE}`, pair, findings);
  const source = textOf(pair.value);
  if (source) findings.annotations[SOURCE] = source;
  return rest;
}

/** Top-level `metadata:` goes to the model, else to the first data set, else into an annotation (row 13). */
export function mapMetadata(root: MapNode, findings: Findings): MapNode {
  const pair = pairOf(root, 'metadata');
  if (!pair) return root;
  const rest = without(root, ['metadata']);
  const model = valueAt(rest, 'model');
  if (model?.kind === 'map') {
    report('metadata', 'model.parameters.metadata', pair, findings);
    return withValue(rest, 'model', addParameter(model, 'metadata', pair.value));
  }
  return toFirstDataset(rest, pair, findings) ?? toAnnotation(rest, pair, findings);
}

function toFirstDataset(root: MapNode, pair: PairNode, findings: Findings): MapNode | undefined {
  const datasets = valueAt(root, 'datasets');
  if (datasets?.kind !== 'list') return undefined;
  const first = datasets.items.find((item): item is MapNode => item.kind === 'map');
  if (!first) return undefined;
  report('metadata', 'the parameters of the first data set', pair, findings);
  const items = datasets.items.map(
    (item): KitNode => (item === first ? addParameter(first, 'metadata', pair.value) : item),
  );
  return withValue(root, 'datasets', { ...datasets, items });
}

function toAnnotation(root: MapNode, pair: PairNode, findings: Findings): MapNode {
  report('metadata', `the annotation ${METADATA}`, pair, findings);
  findings.annotations[METADATA] = goJson(parameterValue(pair.value, findings.problems));
  return root;
}

function report(
  key: 'metadata' | 'repository',
  target: string,
  { key: { range } }: PairNode,
  findings: Findings,
): void {
  findings.refusedByKit(`dialect-${key}`, `kit refuses "${key}" here. It is packed as ${target}.`, range, target);
}
