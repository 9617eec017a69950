/**
 * The border between the extension and the explorer page. Everything here is view data: sorted, formatted and worded
 * by the host, so that the page only draws. What arrives from the page is `unknown` until checked by the host.
 */

/** One row of the registry tree. `id` is opaque to the page, and stays the same when the window is opened again. */
export interface TreeNodeView {
  readonly id: string;
  readonly kind: 'store' | 'registry' | 'repository' | 'tag' | 'error' | 'more';
  readonly label: string;
  /** Quiet text after the label, such as a size or a digest. */
  readonly description?: string;
  /** Full text for hover. */
  readonly tooltip?: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly expandable: boolean;
  /** What a row of kind `error` has to say. */
  readonly error?: ErrorView;
}

export interface LayerView {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
  /** Formatted, such as `1.2 GiB`. */
  readonly size: string;
  /** Share of the whole, 0 to 1. */
  readonly share: number;
  /** The same as text, such as `42 %`. */
  readonly shareText: string;
  readonly digest: string;
  /** The first digits, as people quote them. */
  readonly shortDigest: string;
}

/** Label and value of one line in the summary. */
export interface FactView {
  readonly label: string;
  readonly value: string;
  /** True for digests and references, which are offered for copying. */
  readonly copyable?: boolean;
}

/** A button on a ModelKit or error. */
export interface ActionView {
  readonly action: ExplorerAction;
  readonly label: string;
}

export interface ModelKitView {
  readonly id: string;
  /** True for one in the local store: reading it again costs nothing. */
  readonly isLocal: boolean;
  readonly title: string;
  /** Where it is, such as the registry's host. */
  readonly subtitle: string;
  readonly facts: readonly FactView[];
  /** What can be done with it, the usual one first. */
  readonly actions: readonly ActionView[];
  readonly layers: readonly LayerView[];
  readonly totalSize: string;
  /** The Kitfile as YAML. */
  readonly kitfile: string;
  /** The manifest as indented JSON. */
  readonly manifest: string;
}

/** A way out of an error; `retry` is the page's own. */
export interface WayOut {
  readonly action: ExplorerAction | 'retry';
  readonly label: string;
}

/** An error as a person reads it. */
export interface ErrorView {
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
  readonly ways: readonly WayOut[];
}

/** Actions on a node or ModelKit that the host carries out with its own dialogs. */
export const EXPLORER_ACTIONS = [
  'push',
  'pull',
  'unpack',
  'tag',
  'remove',
  'copyReference',
  'copyDigest',
  'addRegistry',
  'addRepository',
  'logIn',
  'showLog',
] as const;
export type ExplorerAction = (typeof EXPLORER_ACTIONS)[number];

/** What a search found so far. */
export interface SearchView {
  readonly nodes: readonly TreeNodeView[];
  /** What was left out and why, in sentences. */
  readonly notes: readonly string[];
}

/** Requests of the page to the host. */
export type ExplorerRequests = {
  /** All words that the page shows, in the user's language, and what to select first. */
  start(p: Record<string, never>): ExplorerStart;
  /** Children of a node; without an id the roots. One request of the registry at most, none for what is loaded. */
  children(p: { readonly id?: string }): readonly TreeNodeView[];
  /** The next page of a node's children, or the one that failed: gives all that are loaded then, as their order may change. */
  more(p: { readonly id: string }): readonly TreeNodeView[];
  /** Children of these nodes as far as they are known without any request of a registry. */
  known(p: { readonly ids: readonly string[] }): Readonly<Record<string, readonly TreeNodeView[]>>;
  /** Forgets what is loaded below a node, without an id everything. */
  refresh(p: { readonly id?: string }): Record<string, never>;
  /** Repositories and tags whose name contains the text; what is found on the way comes as `found`. */
  search(p: { readonly text: string }): SearchView;
  details(p: { readonly id: string }): ModelKitView;
  action(p: { readonly id?: string; readonly action: ExplorerAction; readonly value?: string }): {
    readonly done: boolean;
  };
};

export interface ExplorerStart {
  readonly texts: Readonly<Record<ExplorerText, string>>;
  /** BCP 47 tag for `lang`. */
  readonly language: string;
  readonly selected?: string;
}

/** Events of the host to the page. */
export type ExplorerEvents = {
  /** What the tree shows is out of date: load again what is expanded. */
  changed(p: { readonly id?: string }): void;
  select(p: { readonly id: string }): void;
  found(p: { readonly text: string } & SearchView): void;
};

/** Keys of the words that the host hands in. `{0}` stands for what the page puts there. */
export const EXPLORER_TEXTS = [
  'treeLabel',
  'searchLabel',
  'searchPlaceholder',
  'searchEmpty',
  'searchRunning',
  'searchFound',
  'clearSearch',
  'loading',
  'retry',
  'nothingSelected',
  'nothingSelectedHint',
  'emptyTree',
  'emptyBranch',
  'addRegistry',
  'refresh',
  'detailsLabel',
  'tabsLabel',
  'tabLayers',
  'tabKitfile',
  'tabManifest',
  'columnKind',
  'columnName',
  'columnPath',
  'columnSize',
  'columnShare',
  'columnDigest',
  'total',
  'noLayers',
  'copy',
  'copied',
  'layersLabel',
  'loaded',
  'showing',
  'resize',
  'failed',
] as const;
export type ExplorerText = (typeof EXPLORER_TEXTS)[number];
