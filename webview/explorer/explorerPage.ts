import type { ExplorerStart } from '#shared/explorer';
import { announcer } from '../components/announcer.ts';
import { element } from '../components/element.ts';
import { DetailsPane } from './detailsPane.ts';
import { failureOf, type Host } from './host.ts';
import type { PageState } from './savedState.ts';
import { splitter } from './splitter.ts';
import { TreePane } from './treePane.ts';

const QUIET_MS = 60;
const SAVE_MS = 150;

/** The page: tree on the left, details on the right, and what both have to do with each other. */
export class ExplorerPage {
  readonly root: HTMLElement;
  readonly #save: (state: PageState) => void;
  readonly #tree: TreePane;
  readonly #details: DetailsPane;
  #treeWidth: number | undefined;
  #saveTimer: number | undefined;
  #changeTimer: number | undefined;
  #isStarted = false;

  constructor(host: Host, { texts }: ExplorerStart, state: PageState, save: (state: PageState) => void) {
    this.#save = save;
    this.#treeWidth = state.treeWidth;
    const spoken = announcer();
    const tell = (answer: Promise<unknown>): Promise<unknown> =>
      answer.catch((error: unknown) => spoken.say(failureOf(error, texts.retry).message));
    this.#tree = new TreePane(host, texts, spoken, {
      onKit: (id) => void this.#details.show(id),
      onError: (error, id) => this.#details.showTreeError(error, id),
      onAddRegistry: () => void tell(host.request('action', { action: 'addRegistry' })),
      onRefresh: () => void tell(host.request('refresh', {})),
      onState: () => this.#saveSoon(),
    });
    this.#details = new DetailsPane(host, texts, spoken, {
      onTreeRetry: (id) => void this.#retry(id),
      onState: () => this.#saveSoon(),
    });
    this.root = element('div', { class: 'page' });
    const line = splitter({
      label: texts.resize,
      width: state.treeWidth,
      page: this.root,
      onChange: (width) => {
        this.#treeWidth = width;
        this.#saveSoon();
      },
    });
    this.#tree.root.append(line);
    this.root.append(this.#tree.root, this.#details.root, spoken.root);
  }

  /** @param selected what the host wants to be shown, before what was shown last */
  async start(state: PageState, selected: string | undefined): Promise<void> {
    this.#details.restore(state);
    await this.#tree.start(selected === undefined ? state : { ...state, selected });
    this.#isStarted = true;
    if (selected !== undefined && selected !== state.details?.id) await this.#details.show(selected);
  }

  /** Several changes at once are read once. */
  changed(): void {
    window.clearTimeout(this.#changeTimer);
    this.#changeTimer = window.setTimeout(() => {
      void this.#tree.changed();
      void this.#details.changed();
    }, QUIET_MS);
  }

  select(id: string): void {
    this.#tree.select(id);
    void this.#details.show(id);
  }

  found(text: string, found: Parameters<TreePane['onFound']>[1]): void {
    this.#tree.onFound(text, found);
  }

  /** Saves what is waiting: the page is about to go. */
  saveNow(): void {
    window.clearTimeout(this.#saveTimer);
    if (!this.#isStarted) return;
    const width = this.#treeWidth === undefined ? {} : { treeWidth: this.#treeWidth };
    this.#save({ ...this.#tree.state(), ...this.#details.state(), ...width });
  }

  #saveSoon(): void {
    window.clearTimeout(this.#saveTimer);
    this.#saveTimer = window.setTimeout(() => this.saveNow(), SAVE_MS);
  }

  async #retry(id: string): Promise<void> {
    this.#details.showNothing();
    this.#tree.focus();
    await this.#tree.retry(id);
  }
}
