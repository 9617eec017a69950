import type { TreeNodeView } from '#shared/explorer';
import { idOf } from './address.ts';
import type { ExplorerNode } from './node.ts';
import type { Texts } from './texts.ts';

type RowKind = TreeNodeView['kind'];

/** A node as a row of the page. Its layers are shown beside the tree, so a ModelKit does not open there. */
export function treeNodeView(node: ExplorerNode): TreeNodeView {
  const { id, label, description, tooltip, spoken, error } = node;
  const kind = rowKind(node.kind);
  return {
    id,
    kind,
    label,
    ...(description === undefined ? {} : { description }),
    tooltip,
    spoken,
    expandable: node.expandable && kind !== 'tag',
    ...(error === undefined ? {} : { error }),
  };
}

function rowKind(kind: ExplorerNode['kind']): RowKind {
  switch (kind) {
    case 'storeRepository':
      return 'repository';
    case 'storeKit':
    case 'registryKit':
    case 'layer':
      return 'tag';
    default:
      return kind;
  }
}

/** The root under which the page shows the local store. */
export function storeRow(texts: Texts): TreeNodeView {
  const label = texts.localStore;
  return { id: idOf({ type: 'store' }), kind: 'store', label, spoken: label, expandable: true };
}
