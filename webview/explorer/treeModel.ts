import type { TreeNodeView } from '#shared/explorer';

/** Key of the roots among the children. */
export const ROOTS = '';

/** A node of the host, or what stands for children on the way or missing. */
export interface RowNode extends Omit<TreeNodeView, 'kind'> {
  readonly kind: TreeNodeView['kind'] | 'loading' | 'empty';
}

/** One visible line of the tree, with what ARIA wants to know of it. */
export interface Row {
  readonly node: RowNode;
  /** Id of the node that it is below; ROOTS for a root. */
  readonly parent: string;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  /** Absent where nothing can be opened. */
  readonly expanded?: boolean;
}

export interface TreeWords {
  readonly loading: string;
  readonly empty: string;
}

/** What the page knows of the tree: children by id, and which nodes are open. Draws nothing, asks nobody. */
export class TreeModel {
  readonly expanded = new Set<string>();
  readonly #children = new Map<string, readonly TreeNodeView[]>();
  readonly #words: TreeWords;
  #rows: readonly Row[] | undefined;

  constructor(words: TreeWords) {
    this.#words = words;
  }

  /** The visible lines from top to bottom. */
  get rows(): readonly Row[] {
    this.#rows ??= this.#below(ROOTS, 1);
    return this.#rows;
  }

  children(id: string): readonly TreeNodeView[] | undefined {
    return this.#children.get(id);
  }

  setChildren(id: string, nodes: readonly TreeNodeView[]): void {
    this.#children.set(id, nodes);
    this.#rows = undefined;
  }

  setExpanded(id: string, isOpen: boolean): void {
    if (isOpen) this.expanded.add(id);
    else this.expanded.delete(id);
    this.#rows = undefined;
  }

  /** Open nodes that can be seen, from top to bottom. */
  openNodes(): readonly string[] {
    return this.rows.filter(({ expanded }) => expanded).map(({ node }) => node.id);
  }

  entries(): ReadonlyMap<string, readonly TreeNodeView[]> {
    return this.#children;
  }

  #below(id: string, level: number): readonly Row[] {
    const nodes = this.#children.get(id);
    if (!nodes) return id === ROOTS ? [] : [this.#stand(id, 'loading', this.#words.loading, level)];
    if (nodes.length === 0 && id !== ROOTS) return [this.#stand(id, 'empty', this.#words.empty, level)];
    return nodes.flatMap((node, at): readonly Row[] => {
      const place = { node, parent: id, level, position: at + 1, setSize: nodes.length };
      if (!node.expandable) return [place];
      const expanded = this.expanded.has(node.id);
      return [{ ...place, expanded }, ...(expanded ? this.#below(node.id, level + 1) : [])];
    });
  }

  #stand(parent: string, kind: 'loading' | 'empty', label: string, level: number): Row {
    const node: RowNode = { id: `${kind}:${parent}`, kind, label, spoken: label, expandable: false };
    return { node, parent, level, position: 1, setSize: 1 };
  }
}
