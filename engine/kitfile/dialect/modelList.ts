import {
  type KitNode,
  keyText,
  listNode,
  type MapNode,
  mapNode,
  pairOf,
  valueAt,
  without,
  withValue,
} from '../nodes.ts';
import type { Findings } from './findings.ts';
import { addParameter, addPartFacts, present, presentItems, textOf } from './moving.ts';

const PART_FIELDS = ['name', 'path', 'license', 'type'];

/** `model:` as a list: the first item is the model, the others are its parts (spec 10.1 rows 2 and 3). */
export function mapModelList(root: MapNode, findings: Findings): MapNode {
  const pair = pairOf(root, 'model');
  if (pair?.value.kind !== 'list') return root;
  const items = presentItems(pair.value);
  const maps = items.filter((item): item is MapNode => item.kind === 'map');
  const [first, ...others] = maps;
  if (maps.length < items.length) return root;
  if (!first) {
    findings.refusedByKit(
      'dialect-model-list',
      'kit refuses a list here; an empty one is left out.',
      pair.key.range,
      '',
    );
    return without(root, ['model']);
  }
  if (others.length === 0)
    findings.refusedByKit(
      'dialect-model-list',
      'kit refuses a list here. The model is packed as if it were written without the dash.',
      pair.key.range,
      'model',
    );
  else
    findings.refusedByKit(
      'dialect-model-lists',
      'kit refuses a list here. The first entry is packed as the model, the others as its parts.',
      pair.key.range,
      'model.parts',
    );
  return withValue(root, 'model', others.reduce(addAsPart, first));
}

/** Adds a model or part of the dialect to `model.parts`; what a part cannot hold goes to `model.parameters.parts.<name>`. */
export function addAsPart(model: MapNode, item: MapNode): MapNode {
  const existing = presentItems(valueAt(model, 'parts'));
  const part = { ...item, pairs: item.pairs.filter((pair) => PART_FIELDS.includes(keyText(pair) ?? '')) };
  const own = presentItems(valueAt(item, 'parts'));
  const others = without(item, own.length > 0 ? [...PART_FIELDS, 'parts'] : PART_FIELDS).pairs;
  const name = textOf(valueAt(item, 'name')) ?? textOf(valueAt(item, 'path')) ?? `part-${existing.length + 1}`;
  const withPart = withValue(model, 'parts', listNode([...existing, part, ...own], item.range));
  return addPartFacts(withPart, name, others, item);
}

/** `size` and `baseModel` of a model (row 4). */
export function mapModelFields(root: MapNode, findings: Findings): MapNode {
  const model = valueAt(root, 'model');
  if (model?.kind !== 'map') return root;
  return withValue(root, 'model', moveFields(model, ['size', 'baseModel'], 'model', findings));
}

/** `size`, `samples` and `documents` of data sets (row 10). */
export function mapDatasetFields(root: MapNode, findings: Findings): MapNode {
  const datasets = valueAt(root, 'datasets');
  if (datasets?.kind !== 'list') return root;
  const moved = datasets.items.map(
    (item): KitNode =>
      item.kind === 'map' ? moveFields(item, ['size', 'samples', 'documents'], 'datasets', findings) : item,
  );
  return withValue(root, 'datasets', { ...datasets, items: moved });
}

function moveFields(
  owner: MapNode,
  keys: readonly string[],
  section: 'model' | 'datasets',
  findings: Findings,
): MapNode {
  return keys.reduce((map, key) => {
    const pair = pairOf(map, key);
    if (!pair) return map;
    const message = `kit refuses "${key}" here. It is packed as parameters.${key}.`;
    findings.refusedByKit(`dialect-${section}-field`, message, pair.key.range, `parameters.${key}`);
    return addParameter(without(map, [key]), key, pair.value);
  }, owner);
}

/** The model to put something into; a new one where there is none. */
export function modelOr(root: MapNode, at: KitNode): MapNode | undefined {
  const model = present(valueAt(root, 'model'));
  if (!model) return mapNode([], at.range);
  return model.kind === 'map' ? model : undefined;
}
