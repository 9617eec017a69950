import {
  type KitNode,
  keyText,
  listNode,
  type MapNode,
  type PairNode,
  pairNode,
  pairOf,
  valueAt,
  without,
  withValue,
} from '../nodes.ts';
import { isModelReference } from '../reference.ts';
import type { Findings } from './findings.ts';
import { addAsPart, modelOr } from './modelList.ts';
import { addParameter, presentItems, textOf } from './moving.ts';

/**
 * Top-level `modelParts:` (spec 10.1 rows 7 to 9): local paths become `model.parts`; a lone reference becomes the path of
 * a model that has none; other references are recorded as base models.
 */
export function mapModelParts(root: MapNode, findings: Findings): MapNode {
  const pair = pairOf(root, 'modelParts');
  if (!pair) return root;
  const items = presentItems(pair.value);
  const maps = items.filter((item): item is MapNode => item.kind === 'map');
  const model = modelOr(root, pair.value);
  if (!model || maps.length < items.length || (pair.value.kind === 'map' && items.length === 0)) return root;
  const rest = without(root, ['modelParts']);
  if (maps.length === 0) {
    findings.refusedByKit(
      'dialect-model-parts',
      'kit refuses "modelParts". An empty one is left out.',
      pair.key.range,
      '',
    );
    return rest;
  }
  return withValue(rest, 'model', withParts(model, maps, pair, findings));
}

function withParts(model: MapNode, items: readonly MapNode[], { key }: PairNode, findings: Findings): MapNode {
  const references = items.filter(isReference);
  const withLocal = items.filter((item) => !isReference(item)).reduce(addAsPart, model);
  const [only] = references;
  if (only && items.length === 1 && textOf(valueAt(model, 'path')) === undefined) {
    const message =
      'kit refuses "modelParts". This reference is packed as the path of the model; unpacking follows it.';
    findings.refusedByKit('dialect-model-parts-reference', message, key.range, 'model.path');
    return withReference(withLocal, only);
  }
  const target = references.length === 0 ? 'model.parts' : 'model.parameters.baseModels';
  const message =
    references.length === 0
      ? 'kit refuses "modelParts" at the top level. They are packed as model.parts.'
      : 'kit refuses "modelParts". References are recorded in model.parameters.baseModels, local files are packed as model.parts.';
  findings.refusedByKit(
    references.length === 0 ? 'dialect-model-parts' : 'dialect-base-models',
    message,
    key.range,
    target,
  );
  if (references.length === 0) return withLocal;
  const records = references.map(baseModel);
  return addParameter(withLocal, 'baseModels', listNode(records, key.range));
}

function isReference(item: MapNode): boolean {
  return isModelReference(textOf(valueAt(item, 'path')) ?? '');
}

/** The record of a base model: its `path` is called `reference`. */
function baseModel(item: MapNode): KitNode {
  const pairs = item.pairs.map((pair) =>
    keyText(pair) === 'path' ? pairNode('reference', pair.value, pair.key.range) : pair,
  );
  return { ...item, pairs };
}

/** The part's fields become those of the model; one that the model has already goes to its parameters. */
function withReference(model: MapNode, part: MapNode): MapNode {
  return part.pairs.reduce((map, pair) => {
    const key = keyText(pair) ?? '';
    const free = textOf(valueAt(map, key)) === undefined && ['name', 'path', 'description', 'license'].includes(key);
    return free ? withValue(map, key, pair.value) : addParameter(map, key, pair.value);
  }, model);
}
