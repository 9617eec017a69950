import { element, setAttributes } from '../components/element.ts';
import { type IconName, icon } from '../components/icon.ts';
import { treeMove, typeAhead } from './treeKeys.ts';
import type { Row, RowNode } from './treeModel.ts';

const ROW_HEIGHT = 22;
/** Rows that are drawn beyond what is seen. */
const MARGIN = 8;
const TYPING_PAUSE_MS = 800;

const ICONS: Readonly<Record<RowNode['kind'], IconName>> = {
  store: 'store',
  registry: 'registry',
  repository: 'repository',
  tag: 'tag',
  error: 'error',
  more: 'more',
  loading: 'loading',
  empty: 'empty',
};

export interface TreeEvents {
  onToggle(row: Row, open: boolean): void;
  onChoose(row: Row): void;
  onScroll(): void;
}

/**
 * The tree by the ARIA pattern: one tab stop, the active row told by `aria-activedescendant`. Only rows in sight are in the
 * document, so that ten thousand cost no more than forty; the active one always is.
 */
export class TreeView {
  readonly root: HTMLElement;
  readonly #rowsBox = element('div', { class: 'rows', role: 'presentation' });
  readonly #drawn = new Map<string, HTMLElement>();
  readonly #events: TreeEvents;
  #rows: readonly Row[] = [];
  #active: string | undefined;
  #selected: string | undefined;
  #typed = '';
  #typedAt = 0;
  #numbers = 0;

  constructor(label: string, events: TreeEvents) {
    this.#events = events;
    this.root = element('div', { class: 'tree', role: 'tree', tabindex: 0, 'aria-label': label }, this.#rowsBox);
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.root.addEventListener('click', (event) => this.#onClick(event));
    this.root.addEventListener('scroll', () => {
      this.#draw();
      events.onScroll();
    });
    this.root.addEventListener('focus', () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  get active(): string | undefined {
    return this.#active;
  }

  /** Shows these rows; the active one stays, or what took its place. */
  show(rows: readonly Row[]): void {
    const before = this.#index();
    this.#rows = rows;
    if (this.#index() < 0) this.#active = rows[Math.min(Math.max(before, 0), rows.length - 1)]?.node.id;
    this.#draw();
  }

  select(id: string | undefined): void {
    this.#selected = id;
    if (id !== undefined && this.#rows.some(({ node }) => node.id === id)) this.#active = id;
    this.#draw();
  }

  /** Makes the row the active one and scrolls to it. */
  activate(id: string | undefined): void {
    this.#active = id;
    this.#reveal();
    this.#draw();
  }

  focus(): void {
    this.root.focus();
  }

  #index(): number {
    return this.#rows.findIndex(({ node }) => node.id === this.#active);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = Math.max(this.#index(), 0);
    const pageSize = Math.max(Math.floor(this.root.clientHeight / ROW_HEIGHT) - 1, 1);
    const typing = event.key === ' ' && Date.now() - this.#typedAt < TYPING_PAUSE_MS;
    const move = typing ? undefined : treeMove(event.key, this.#rows, at, pageSize);
    const row = move && this.#rows[move.index];
    if (!move || !row) {
      if (event.key.length === 1) this.#type(event, at);
      return;
    }
    event.preventDefault();
    this.#typed = '';
    if (move.type === 'focus') this.activate(row.node.id);
    else if (move.type === 'choose') this.#choose(row);
    else this.#events.onToggle(row, move.type === 'open');
  }

  #type(event: KeyboardEvent, at: number): void {
    event.preventDefault();
    const now = Date.now();
    this.#typed = now - this.#typedAt < TYPING_PAUSE_MS ? this.#typed + event.key : event.key;
    this.#typedAt = now;
    const found = typeAhead(this.#rows, at, this.#typed);
    if (found !== undefined) this.activate(this.#rows[found]?.node.id);
  }

  #onClick(event: MouseEvent): void {
    const clicked = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    const row = this.#rows.find(({ node }) => node.id === clicked?.dataset.id);
    if (!row) return;
    this.#active = row.node.id;
    this.#choose(row);
  }

  /** A row that opens is opened or closed; any other is chosen. */
  #choose(row: Row): void {
    if (row.expanded === undefined) this.#events.onChoose(row);
    else this.#events.onToggle(row, !row.expanded);
  }

  #reveal(): void {
    const top = this.#index() * ROW_HEIGHT;
    if (top < 0) return;
    const { scrollTop, clientHeight } = this.root;
    if (top < scrollTop) this.root.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.root.scrollTop = top + ROW_HEIGHT - clientHeight;
  }

  #draw(): void {
    const first = Math.max(Math.floor(this.root.scrollTop / ROW_HEIGHT) - MARGIN, 0);
    const last = Math.ceil((this.root.scrollTop + this.root.clientHeight) / ROW_HEIGHT) + MARGIN;
    const wanted = new Map<string, number>();
    for (let at = first; at < Math.min(last, this.#rows.length); at++) this.#want(wanted, at);
    this.#want(wanted, this.#index());
    this.#rowsBox.style.height = `${this.#rows.length * ROW_HEIGHT}px`;
    for (const [id, drawn] of [...this.#drawn]) {
      if (wanted.has(id)) continue;
      drawn.remove();
      this.#drawn.delete(id);
    }
    const inOrder = [...wanted].sort(([, a], [, b]) => a - b);
    inOrder.forEach(([id, at], place) => {
      const drawn = this.#drawRow(id, at);
      // A screen reader may also walk through the document: rows stand there as they are seen.
      if (drawn && this.#rowsBox.children[place] !== drawn)
        this.#rowsBox.insertBefore(drawn, this.#rowsBox.children[place] ?? null);
    });
    const active = this.#active === undefined ? undefined : this.#drawn.get(this.#active);
    setAttributes(this.root, { 'aria-activedescendant': active?.id });
  }

  #want(wanted: Map<string, number>, at: number): void {
    const row = this.#rows[at];
    if (row) wanted.set(row.node.id, at);
  }

  #drawRow(id: string, at: number): HTMLElement | undefined {
    const row = this.#rows[at];
    if (!row) return undefined;
    const drawn = this.#drawn.get(id) ?? this.#newRow(id);
    const { node, level, position, setSize, expanded } = row;
    const isActive = id === this.#active;
    const isSelected = id === this.#selected;
    setAttributes(drawn, {
      class: `row row-${node.kind}${isActive ? ' active' : ''}${isSelected ? ' selected' : ''}`,
      'aria-level': level,
      'aria-posinset': position,
      'aria-setsize': setSize,
      'aria-expanded': expanded === undefined ? undefined : String(expanded),
      'aria-selected': String(isSelected),
      'aria-busy': node.kind === 'loading' ? 'true' : undefined,
      'aria-label': node.spoken,
      title: node.tooltip,
    });
    drawn.style.transform = `translateY(${at * ROW_HEIGHT}px)`;
    drawn.style.setProperty('--level', String(level - 1));
    const content = `${node.kind}\n${node.label}\n${node.description ?? ''}\n${expanded}`;
    if (drawn.dataset.content !== content) {
      drawn.dataset.content = content;
      drawn.replaceChildren(...rowContent(row));
    }
    return drawn;
  }

  #newRow(id: string): HTMLElement {
    const drawn = element('div', { id: `row-${this.#numbers++}`, role: 'treeitem' });
    drawn.dataset.id = id;
    this.#drawn.set(id, drawn);
    return drawn;
  }
}

function rowContent({ node, expanded }: Row): readonly (Node | string)[] {
  const twistie = element('span', { class: `twistie${expanded ? ' open' : ''}` });
  if (expanded !== undefined) twistie.append(icon('chevron'));
  const label = element('span', { class: 'label' }, node.label);
  const quiet =
    node.description === undefined ? [] : [' ', element('span', { class: 'description' }, node.description)];
  return [twistie, icon(ICONS[node.kind]), label, ...quiet];
}
