import type { ErrorView, ExplorerAction, ModelKitView, WayOut } from '#shared/explorer';
import type { Announcer } from '../components/announcer.ts';
import { DetailsView } from './detailsView.ts';
import { failureOf, type Host, isCancelled } from './host.ts';
import type { PageState } from './savedState.ts';
import { filled, type Words } from './words.ts';

/** Answers faster than this show no sign of loading, which would only flicker. */
const PATIENCE_MS = 150;

export interface DetailsPaneEvents {
  /** A way out of an error that the tree has shown. */
  onTreeRetry(id: string): void;
  onState(): void;
}

/** Loads what the details show, and carries its buttons to the host. */
export class DetailsPane {
  readonly root: HTMLElement;
  readonly #host: Host;
  readonly #words: Words;
  readonly #announcer: Announcer;
  readonly #events: DetailsPaneEvents;
  readonly #view: DetailsView;
  #running: AbortController | undefined;
  #selected: string | undefined;
  #kit: ModelKitView | undefined;
  #tab = 'layers';
  #retry: (() => void) | undefined;

  constructor(host: Host, words: Words, announcer: Announcer, events: DetailsPaneEvents) {
    this.#host = host;
    this.#words = words;
    this.#announcer = announcer;
    this.#events = events;
    this.#view = new DetailsView(words, {
      onAction: (action, id) => void this.#act(action, id),
      onCopy: (text, id) => void this.#copy(text, id),
      onWayOut: (way, id) => this.#wayOut(way, id),
      onTab: (tab) => {
        this.#tab = tab;
        events.onState();
      },
      onScroll: () => events.onState(),
    });
    this.root = this.#view.root;
    this.#view.showNothing();
  }

  /** Shows what was shown before; asks nobody. */
  restore({ details, tab, detailsTop }: PageState): void {
    this.#tab = tab;
    if (!details) return;
    this.#selected = details.id;
    this.#draw(details);
    this.root.scrollTop = detailsTop;
  }

  state(): Pick<PageState, 'selected' | 'tab' | 'detailsTop' | 'details'> {
    return {
      ...(this.#selected === undefined ? {} : { selected: this.#selected }),
      tab: this.#tab,
      detailsTop: this.root.scrollTop,
      ...(this.#kit === undefined ? {} : { details: this.#kit }),
    };
  }

  /** Loads and shows a ModelKit. */
  async show(id: string): Promise<void> {
    this.#selected = id;
    const patience = window.setTimeout(() => this.#view.showLoading(), PATIENCE_MS);
    try {
      await this.#load(id);
    } finally {
      window.clearTimeout(patience);
    }
  }

  /** A ModelKit of the local store may have got another name, or be gone. */
  async changed(): Promise<void> {
    if (this.#kit?.isLocal) await this.#load(this.#kit.id);
  }

  /** Shows why a node of the tree could not be opened. */
  showTreeError(error: ErrorView, id: string): void {
    this.#running?.abort();
    this.#selected = undefined;
    this.#fail(error, id, () => this.#events.onTreeRetry(id));
  }

  showNothing(): void {
    this.#kit = undefined;
    this.#view.showNothing();
    this.#events.onState();
  }

  async #load(id: string): Promise<void> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    try {
      const kit = await this.#host.request('details', { id }, controller.signal);
      if (controller.signal.aborted || JSON.stringify(kit) === JSON.stringify(this.#kit)) return;
      this.#draw(kit);
      this.#announcer.say(filled(this.#words.showing, kit.title));
    } catch (error) {
      if (controller.signal.aborted || isCancelled(error)) return;
      this.#fail(failureOf(error, this.#words.retry), id, () => void this.show(id));
    }
  }

  #draw(kit: ModelKitView): void {
    this.#kit = kit;
    this.#view.showKit(kit, this.#tab);
    this.#events.onState();
  }

  #fail(error: ErrorView, id: string, retry: () => void): void {
    this.#kit = undefined;
    this.#retry = retry;
    this.#view.showError(error, id);
    this.#announcer.say(error.message);
    this.#events.onState();
  }

  #wayOut(way: WayOut['action'], id: string): void {
    if (way === 'retry') this.#retry?.();
    else void this.#act(way, id);
  }

  async #act(action: ExplorerAction, id: string): Promise<void> {
    if (action === 'copyReference') await this.#copy(this.#kit?.title ?? '', id);
    else await this.#tell(this.#host.request('action', { action, id }));
  }

  /** The host copies: it knows the reference itself, and takes nothing else but a digest. */
  async #copy(text: string, id: string): Promise<void> {
    const isDigest = /^[a-z0-9]+:[0-9a-f]{32,}$/.test(text);
    const request = isDigest
      ? this.#host.request('action', { action: 'copyDigest', id, value: text })
      : this.#host.request('action', { action: 'copyReference', id });
    await this.#tell(request, filled(this.#words.copied, text));
  }

  /** The host shows its own messages; what it refuses outright is read out. */
  async #tell(request: Promise<unknown>, done?: string): Promise<void> {
    try {
      await request;
      if (done !== undefined) this.#announcer.say(done);
    } catch (error) {
      if (!isCancelled(error)) this.#announcer.say(failureOf(error, this.#words.retry).message);
    }
  }
}
