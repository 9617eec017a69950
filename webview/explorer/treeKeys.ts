import type { Row } from './treeModel.ts';

/** What a key means in the tree: where the focus goes, or what is opened, closed or chosen. */
export type TreeMove =
  | { readonly type: 'focus'; readonly index: number }
  | { readonly type: 'open' | 'close' | 'choose'; readonly index: number };

/** Keys of a tree as the ARIA practices describe them; undefined for a key that is not the tree's. */
export function treeMove(key: string, rows: readonly Row[], at: number, pageSize: number): TreeMove | undefined {
  const row = rows[at];
  if (!row) return undefined;
  switch (key) {
    case 'ArrowDown':
      return focus(rows, at + 1);
    case 'ArrowUp':
      return focus(rows, at - 1);
    case 'Home':
      return focus(rows, 0);
    case 'End':
      return focus(rows, rows.length - 1);
    case 'PageDown':
      return focus(rows, at + pageSize);
    case 'PageUp':
      return focus(rows, at - pageSize);
    case 'ArrowRight':
      return into(rows, row, at);
    case 'ArrowLeft':
      return outOf(rows, row, at);
    case 'Enter':
    case ' ':
      return { type: 'choose', index: at };
    default:
      return undefined;
  }
}

function focus(rows: readonly Row[], index: number): TreeMove {
  return { type: 'focus', index: Math.min(Math.max(index, 0), rows.length - 1) };
}

function into(rows: readonly Row[], row: Row, at: number): TreeMove | undefined {
  if (row.expanded === undefined) return undefined;
  return row.expanded ? focus(rows, at + 1) : { type: 'open', index: at };
}

function outOf(rows: readonly Row[], row: Row, at: number): TreeMove | undefined {
  if (row.expanded) return { type: 'close', index: at };
  const parent = rows.findIndex(({ node }) => node.id === row.parent);
  return parent < 0 ? undefined : { type: 'focus', index: parent };
}

/** The next row whose label starts with the text, going round; the present one counts when the text grows. */
export function typeAhead(rows: readonly Row[], at: number, text: string): number | undefined {
  const wanted = text.toLowerCase();
  const first = text.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step++) {
    const index = (at + step) % rows.length;
    if (rows[index]?.node.label.toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
