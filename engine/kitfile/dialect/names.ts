import { type KitNode, listNode, type MapNode, pairOf, textNode, valueAt, without, withValue } from '../nodes.ts';
import type { Findings } from './findings.ts';
import { present, presentItems, textOf } from './moving.ts';

/** `name` of code and docs: it goes in front of the description (spec 10.1 row 11). */
export function mapNames(root: MapNode, findings: Findings): MapNode {
  return ['code', 'docs'].reduce((map, section) => {
    const list = valueAt(map, section);
    if (list?.kind !== 'list') return map;
    const items = list.items.map((item) => (item.kind === 'map' ? described(item, section, findings) : item));
    return withValue(map, section, { ...list, items });
  }, root);
}

function described(item: MapNode, section: string, findings: Findings): MapNode {
  const pair = pairOf(item, 'name');
  if (pair?.value.kind !== 'scalar') return item;
  const message = `kit refuses "name" in ${section}. It is packed in front of the description.`;
  findings.refusedByKit('dialect-entry-name', message, pair.key.range, 'description');
  const entry = withNameInDescription(item);
  const name = textOf(pair.value);
  if (name) findings.notes.set(entry, { name });
  return entry;
}

function withNameInDescription(item: MapNode): MapNode {
  const name = valueAt(item, 'name');
  const description = valueAt(item, 'description');
  const rest = without(item, ['name']);
  const text = textOf(name);
  if (!name || text === undefined || (description && description.kind !== 'scalar')) return rest;
  const words = textOf(description);
  return withValue(rest, 'description', textNode(words === undefined ? text : `${text}: ${words}`, name.range));
}

/** Top-level `configs:` are packed as code, and marked so that they can be unpacked alone (row 12). */
export function mapConfigs(root: MapNode, findings: Findings): MapNode {
  const pair = pairOf(root, 'configs');
  const code = present(valueAt(root, 'code'));
  const wrong = presentItems(pair?.value).some((item) => item.kind !== 'map');
  if (!pair || wrong || (code && code.kind !== 'list') || !isListOrAbsent(pair.value)) return root;
  findings.refusedByKit('dialect-configs', 'kit refuses "configs". They are packed as code.', pair.key.range, 'code');
  const entries = presentItems(pair.value).map((item) => (item.kind === 'map' ? config(item, findings) : item));
  const rest = without(root, ['configs']);
  if (entries.length === 0) return rest;
  const all: readonly KitNode[] = [...presentItems(code), ...entries];
  return withValue(rest, 'code', listNode(all, code?.range ?? pair.value.range));
}

function isListOrAbsent(node: KitNode): boolean {
  return (present(node)?.kind ?? 'list') === 'list';
}

function config(item: MapNode, findings: Findings): MapNode {
  const nameNode = valueAt(item, 'name');
  if (nameNode && nameNode.kind !== 'scalar') return item;
  const name = textOf(nameNode);
  const entry = withNameInDescription(item);
  findings.notes.set(entry, { section: 'config', ...(name ? { name } : {}) });
  return entry;
}
