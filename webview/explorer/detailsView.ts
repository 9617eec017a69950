import type { ErrorView, ExplorerAction, FactView, ModelKitView, WayOut } from '#shared/explorer';
import { button, iconButton } from '../components/button.ts';
import { codeText } from '../components/codeText.ts';
import { divider } from '../components/divider.ts';
import { element } from '../components/element.ts';
import { icon } from '../components/icon.ts';
import { panels } from '../components/panels.ts';
import { progressRing } from '../components/progressRing.ts';
import { layerTable } from './layerTable.ts';
import { filled, type Words } from './words.ts';

export interface DetailsEvents {
  onAction(action: ExplorerAction, id: string): void;
  onCopy(text: string, id: string): void;
  onWayOut(way: WayOut['action'], id: string): void;
  onTab(tab: string): void;
  onScroll(): void;
}

/** The right half: the chosen ModelKit, or why there is none. */
export class DetailsView {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #events: DetailsEvents;

  constructor(words: Words, events: DetailsEvents) {
    this.#words = words;
    this.#events = events;
    this.root = element('main', { class: 'details', 'aria-label': words.detailsLabel });
    this.root.addEventListener('scroll', () => events.onScroll());
  }

  showNothing(): void {
    const { nothingSelected, nothingSelectedHint } = this.#words;
    this.#put(
      element(
        'div',
        { class: 'centre' },
        bigIcon('repository'),
        element('h1', {}, nothingSelected),
        element('p', { class: 'quiet' }, nothingSelectedHint),
      ),
    );
  }

  showLoading(): void {
    this.#put(element('div', { class: 'centre' }, progressRing(this.#words.loading)));
  }

  showError(error: ErrorView, id: string): void {
    const ways = error.ways.map(({ action, label }, at) =>
      button({ label, look: at === 0 ? 'primary' : 'secondary', run: () => this.#events.onWayOut(action, id) }),
    );
    this.#put(
      element(
        'div',
        { class: 'centre failure' },
        bigIcon('error'),
        element('h1', {}, this.#words.failed),
        element('p', {}, error.message),
        error.advice === undefined ? undefined : element('p', {}, error.advice),
        element('p', { class: 'quiet' }, element('code', {}, error.code)),
        element('div', { class: 'actions' }, ...ways),
      ),
    );
  }

  showKit(kit: ModelKitView, tab: string): void {
    const { actions, id } = kit;
    const buttons = actions.map(({ action, label }, at) =>
      button({ label, look: at === 0 ? 'primary' : 'secondary', run: () => this.#events.onAction(action, id) }),
    );
    const head = element(
      'header',
      { class: 'kit-head' },
      element('h1', {}, kit.title),
      element('p', { class: 'quiet' }, kit.subtitle),
      element('div', { class: 'actions' }, ...buttons),
    );
    const facts = element('dl', { class: 'facts' }, ...kit.facts.flatMap((fact) => this.#fact(fact, id)));
    this.#put(head, facts, divider(), this.#tabs(kit, tab));
  }

  #put(...content: readonly Node[]): void {
    this.root.replaceChildren(...content);
    this.root.scrollTop = 0;
  }

  #fact({ label, value, copyable }: FactView, id: string): readonly HTMLElement[] {
    const copy = copyable
      ? iconButton('copy', {
          label: filled('{0}: {1}', this.#words.copy, label),
          run: () => this.#events.onCopy(value, id),
        })
      : undefined;
    return [
      element('dt', {}, label),
      element('dd', { class: copyable ? 'code-value' : undefined }, element('span', {}, value), copy),
    ];
  }

  #tabs(kit: ModelKitView, active: string): HTMLElement {
    const { tabsLabel, tabLayers, tabKitfile, tabManifest } = this.#words;
    const table = layerTable(kit, this.#words, (digest) => this.#events.onCopy(digest, kit.id));
    return panels(
      [
        { id: 'layers', title: tabLayers, count: String(kit.layers.length), content: table },
        { id: 'kitfile', title: tabKitfile, content: codeText(kit.kitfile, tabKitfile) },
        { id: 'manifest', title: tabManifest, content: codeText(kit.manifest, tabManifest) },
      ],
      { label: tabsLabel, active, onChange: (tab) => this.#events.onTab(tab) },
    );
  }
}

function bigIcon(name: 'repository' | 'error'): HTMLElement {
  return element('div', { class: `big-icon big-${name}` }, icon(name));
}
