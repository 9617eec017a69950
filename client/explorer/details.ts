import type { ActionView, FactView, LayerView, ModelKitView } from '#shared/explorer';
import type { Format } from './format.ts';
import { shortDigest } from './format.ts';
import type { ExplorerNode } from './node.ts';
import type { KitContent, KitLayer } from './source.ts';
import type { ActionName, Texts } from './texts.ts';
import { visibleLines, visibleText } from './visibleText.ts';

/** More of a Kitfile or manifest is not shown: it is read in an editor. */
const LONGEST_TEXT = 400_000;
const MOST_LAYERS = 2000;

/** One ModelKit as the page shows it: sorted, formatted and worded. */
export function modelKitView(node: ExplorerNode, content: KitContent, texts: Texts, format: Format): ModelKitView {
  return {
    id: node.id,
    isLocal: node.where === 'local',
    title: visibleText((node.reference ?? '').replace(/^localhost\//, '')),
    subtitle: visibleText(node.registry ?? texts.localStore),
    facts: facts(node, content, texts, format),
    actions: actions(node, texts),
    layers: content.layers.slice(0, MOST_LAYERS).map((layer) => layerView(layer, format)),
    totalSize: format.size(content.size),
    kitfile: visibleLines(content.kitfileYaml, LONGEST_TEXT),
    manifest: visibleLines(indented(content.manifestJson), LONGEST_TEXT),
  };
}

function facts(node: ExplorerNode, content: KitContent, texts: Texts, format: Format): readonly FactView[] {
  const { layers } = content;
  const all: readonly FactView[] = [
    { label: texts.facts.reference, value: visibleText(node.reference ?? '', 1000), copyable: true },
    { label: texts.facts.digest, value: visibleText(content.digest), copyable: true },
    { label: texts.facts.size, value: format.size(content.size) },
    { label: texts.facts.layers, value: texts.layers(layers.length, format.count(layers.length)) },
    { label: texts.facts.packedWith, value: visibleText(content.cliVersion) },
  ];
  return all.filter(({ value }) => value !== '');
}

const LOCAL: readonly (ActionName & ActionView['action'])[] = ['push', 'unpack', 'tag', 'copyReference', 'remove'];
const REMOTE: readonly (ActionName & ActionView['action'])[] = ['pull', 'unpack', 'copyReference', 'remove'];

function actions({ where }: ExplorerNode, texts: Texts): readonly ActionView[] {
  return (where === 'local' ? LOCAL : REMOTE).map((action) => ({ action, label: texts.actions[action] }));
}

function layerView(layer: KitLayer, format: Format): LayerView {
  return {
    kind: layer.kind,
    name: visibleText(layer.name ?? ''),
    path: visibleText(layer.path),
    mediaType: visibleText(layer.mediaType),
    size: format.size(layer.size),
    share: Math.min(Math.max(layer.share, 0), 1) || 0,
    shareText: format.share(Math.min(Math.max(layer.share, 0), 1) || 0),
    digest: visibleText(layer.digest),
    shortDigest: shortDigest(visibleText(layer.digest)),
  };
}

/** The manifest is shown indented; one that is no JSON as it is. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
