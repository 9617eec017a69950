import type { ErrorView, SearchView } from '#shared/explorer';
import type { Announcer } from '../components/announcer.ts';
import { button, iconButton } from '../components/button.ts';
import { element } from '../components/element.ts';
import { type SearchField, searchField } from '../components/textField.ts';
import { Branches } from './branches.ts';
import { failureOf, type Host } from './host.ts';
import type { PageState } from './savedState.ts';
import { Search } from './search.ts';
import { ROOTS, type Row, TreeModel } from './treeModel.ts';
import { TreeView } from './treeView.ts';
import { filled, type Words } from './words.ts';

const STORE = 'store';

export interface TreePaneEvents {
  onKit(id: string): void;
  onError(error: ErrorView, id: string): void;
  onAddRegistry(): void;
  onRefresh(): void;
  /** Something that is saved has changed. */
  onState(): void;
}

/** The left half: search above the tree of store and registries, or above what was found. */
export class TreePane {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #events: TreePaneEvents;
  readonly #announcer: Announcer;
  readonly #host: Host;
  readonly #branches: Branches;
  readonly #browse: TreeModel;
  readonly #view: TreeView;
  readonly #field: SearchField;
  readonly #search: Search;
  readonly #status = element('div', { class: 'search-status' });
  readonly #hint: HTMLElement;
  #results: TreeModel | undefined;

  constructor(host: Host, words: Words, announcer: Announcer, events: TreePaneEvents) {
    this.#host = host;
    this.#words = words;
    this.#events = events;
    this.#announcer = announcer;
    this.#branches = new Branches(host, words);
    this.#browse = this.#newTree();
    this.#view = new TreeView(words.treeLabel, {
      onToggle: (row, open) => this.#toggle(row, open),
      onChoose: (row) => this.#choose(row),
      onScroll: () => events.onState(),
    });
    this.#search = this.#newSearch();
    this.#field = searchField({
      label: words.searchLabel,
      placeholder: words.searchPlaceholder,
      clear: words.clearSearch,
      onInput: (text) => this.#search.set(text),
      onDown: () => this.#view.focus(),
    });
    const toolbar = element(
      'div',
      { class: 'toolbar' },
      this.#field.root,
      iconButton('refresh', { label: words.refresh, run: () => events.onRefresh() }),
      iconButton('add', { label: words.addRegistry, run: () => events.onAddRegistry() }),
    );
    this.#hint = element(
      'div',
      { class: 'hint', hidden: true },
      element('p', {}, words.emptyTree),
      button({ label: words.addRegistry, run: () => events.onAddRegistry() }),
    );
    this.root = element(
      'nav',
      { class: 'side', 'aria-label': words.treeLabel },
      toolbar,
      this.#status,
      this.#view.root,
      this.#hint,
    );
  }

  /** Shows what was shown before, then what the host knows of it; asks no registry. */
  async start(state: PageState): Promise<void> {
    for (const [id, nodes] of Object.entries(state.children)) this.#browse.setChildren(id, nodes);
    for (const id of state.expanded) this.#browse.setExpanded(id, true);
    if (state.found) {
      this.#field.set(state.searchText);
      this.#search.restore(state.searchText);
      this.#showFound({ nodes: state.found, notes: [] }, true);
    }
    this.#draw();
    this.#view.select(state.selected);
    if (state.active !== undefined) this.#view.activate(state.active);
    this.#view.root.scrollTop = state.treeTop;
    const isFirstTime = state.children[ROOTS] === undefined;
    await this.#branches.load(this.#browse, ROOTS);
    if (isFirstTime) this.#browse.setExpanded(STORE, true);
    await this.#reconcile();
    this.#draw();
  }

  /** Tells what is to be kept of the tree. */
  state(): Pick<PageState, 'searchText' | 'found' | 'expanded' | 'active' | 'treeTop' | 'children'> {
    const { active } = this.#view;
    const found = this.#results?.children(ROOTS);
    return {
      searchText: this.#search.text,
      ...(found === undefined ? {} : { found }),
      expanded: [...this.#browse.expanded],
      ...(active === undefined ? {} : { active }),
      treeTop: this.#view.root.scrollTop,
      children: Object.fromEntries(this.#browse.entries()),
    };
  }

  /** What is shown is out of date. */
  async changed(): Promise<void> {
    await this.#branches.again(this.#browse);
    if (this.#results) await Promise.all(this.#results.openNodes().map((id) => this.#branches.load(this.#shown, id)));
    this.#draw();
  }

  select(id: string): void {
    this.#view.select(id);
  }

  focus(): void {
    this.#view.focus();
  }

  /** Tries again what failed below a node. */
  async retry(id: string): Promise<void> {
    await this.#branches.more(this.#shown, id);
    this.#draw();
    this.#sayLoaded(id);
  }

  onFound(text: string, found: SearchView): void {
    this.#search.onPart(text, found);
  }

  get #shown(): TreeModel {
    return this.#results ?? this.#browse;
  }

  #newTree(): TreeModel {
    return new TreeModel({ loading: this.#words.loading, empty: this.#words.emptyBranch });
  }

  #newSearch(): Search {
    return new Search(this.#host, {
      onStart: () => this.#say(this.#words.searchRunning),
      onFound: (found, isComplete) => this.#showFound(found, isComplete),
      onFailure: (error) => this.#say(failureOf(error, this.#words.retry).message),
      onClear: () => {
        this.#results = undefined;
        this.#status.replaceChildren();
        this.#draw();
      },
    });
  }

  #say(text: string): void {
    this.#status.replaceChildren(element('p', {}, text));
    this.#announcer.say(text);
  }

  #showFound({ nodes, notes }: SearchView, isComplete: boolean): void {
    const { searchEmpty, searchFound, searchRunning } = this.#words;
    this.#results ??= this.#newTree();
    this.#results.setChildren(ROOTS, nodes);
    const sentence = nodes.length === 0 ? searchEmpty : filled(searchFound, nodes.length);
    const lines = [isComplete ? sentence : searchRunning, ...notes];
    this.#status.replaceChildren(...lines.map((line) => element('p', {}, line)));
    if (isComplete) this.#announcer.say([sentence, ...notes].join(' '));
    this.#draw();
  }

  async #reconcile(): Promise<void> {
    const ids = [...this.#browse.expanded];
    const known = await this.#host.request('known', { ids });
    for (const id of ids) {
      const nodes = known[id];
      if (nodes) this.#browse.setChildren(id, nodes);
      else if (!this.#browse.children(id)) this.#browse.setExpanded(id, false);
    }
  }

  #draw(): void {
    this.#view.show(this.#shown.rows);
    const roots = this.#browse.children(ROOTS);
    this.#hint.hidden = this.#results !== undefined || !roots || roots.some(({ kind }) => kind === 'registry');
    this.#events.onState();
  }

  #toggle(row: Row, open: boolean): void {
    const { id } = row.node;
    const tree = this.#shown;
    tree.setExpanded(id, open);
    if (!open) this.#branches.giveUp(id);
    else if (!tree.children(id)) void this.#load(tree, id);
    this.#draw();
  }

  async #load(tree: TreeModel, id: string): Promise<void> {
    if (!(await this.#branches.load(tree, id))) tree.setExpanded(id, tree.children(id) !== undefined);
    this.#draw();
    this.#sayLoaded(id);
  }

  #sayLoaded(id: string): void {
    const row = this.#shown.rows.find(({ node }) => node.id === id);
    const nodes = this.#shown.children(id)?.filter(({ kind }) => kind !== 'more' && kind !== 'error');
    if (row && nodes) this.#announcer.say(filled(this.#words.loaded, row.node.label, nodes.length));
  }

  #choose({ node, parent }: Row): void {
    if (node.kind === 'more') {
      void this.#more(parent);
      return;
    }
    this.#view.select(node.id);
    if (node.kind === 'tag') this.#events.onKit(node.id);
    if (node.kind === 'error' && node.error) this.#events.onError(node.error, parent);
  }

  /** The focus stays where it was: there is the first row that was not seen yet. */
  async #more(parent: string): Promise<void> {
    const tree = this.#shown;
    const at = tree.rows.findIndex(({ node }) => node.id === this.#view.active);
    await this.#branches.more(tree, parent);
    this.#draw();
    this.#view.activate(tree.rows[at]?.node.id);
    this.#sayLoaded(parent);
  }
}
