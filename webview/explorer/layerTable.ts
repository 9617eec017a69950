import type { LayerView, ModelKitView } from '#shared/explorer';
import { badge } from '../components/badge.ts';
import { iconButton } from '../components/button.ts';
import { element } from '../components/element.ts';
import { filled, type Words } from './words.ts';

/**
 * The layers with type, name, path, size, share and digest. The roles are written out, because the narrow form of the table
 * shows each row as a card, which would take them away.
 */
export function layerTable(kit: ModelKitView, words: Words, copyDigest: (digest: string) => void): HTMLElement {
  if (kit.layers.length === 0) return element('p', { class: 'quiet' }, words.noLayers);
  const columns = [
    words.columnKind,
    words.columnName,
    words.columnPath,
    words.columnSize,
    words.columnShare,
    words.columnDigest,
  ];
  const head = element(
    'tr',
    { role: 'row' },
    ...columns.map((name) => element('th', { role: 'columnheader', scope: 'col' }, name)),
  );
  const rows = kit.layers.map((layer) => layerRow(layer, columns, words, copyDigest));
  return element(
    'table',
    { class: 'layers', role: 'table', 'aria-label': words.layersLabel },
    element('thead', { role: 'rowgroup' }, head),
    element('tbody', { role: 'rowgroup' }, ...rows),
    element('tfoot', { role: 'rowgroup' }, totalRow(kit, words)),
  );
}

function layerRow(
  layer: LayerView,
  columns: readonly string[],
  words: Words,
  copyDigest: (digest: string) => void,
): HTMLElement {
  const copy = iconButton('copy', {
    label: filled('{0}: {1}', words.copy, layer.digest),
    run: () => copyDigest(layer.digest),
  });
  const cells: readonly (readonly [string, readonly (Node | string)[]])[] = [
    ['kind', [badge(layer.kind, layer.mediaType)]],
    ['name', [layer.name === '' ? '–' : layer.name]],
    ['path', [element('span', { class: 'path' }, layer.path)]],
    ['size', [layer.size]],
    ['share', [shareBar(layer.share), element('span', { class: 'share-text' }, layer.shareText)]],
    ['digest', [element('span', { class: 'digest', title: layer.digest }, layer.shortDigest), copy]],
  ];
  const made = cells.map(([name, content], at) =>
    element('td', { role: 'cell', class: `cell-${name}`, 'data-column': columns[at] }, ...content),
  );
  return element('tr', { role: 'row', title: layer.mediaType }, ...made);
}

/** The same as the text beside it, for the eye. */
function shareBar(share: number): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${Math.max(share * 100, 0.5)}%`;
  return element('span', { class: 'bar', 'aria-hidden': 'true' }, fill);
}

function totalRow({ totalSize }: ModelKitView, words: Words): HTMLElement {
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row', colspan: 3 }, words.total),
    element('td', { role: 'cell', class: 'cell-size' }, totalSize),
    element('td', { role: 'cell', colspan: 2, class: 'cell-rest' }),
  );
}
