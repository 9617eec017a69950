/**
 * The border between the extension and the explorer page. Everything here is view data: sorted, formatted and worded
 * by the host, so that the page only draws. What arrives from the page is `unknown` until checked by the host.
 */

/** One row of the registry tree. `id` is opaque to the page. */
export interface TreeNodeView {
  readonly id: string;
  readonly kind: 'store' | 'registry' | 'repository' | 'tag' | 'error' | 'more' | 'empty';
  readonly label: string;
  /** Quiet text after the label, such as a size or a digest. */
  readonly description?: string;
  /** Full text for hover and screen readers. */
  readonly tooltip?: string;
  readonly expandable: boolean;
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
}

/** Label and value of one line in the summary. */
export interface FactView {
  readonly label: string;
  readonly value: string;
  /** True for digests and references, which are offered for copying. */
  readonly copyable?: boolean;
}

export interface ModelKitView {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly FactView[];
  readonly layers: readonly LayerView[];
  readonly totalSize: string;
  /** The Kitfile as YAML. */
  readonly kitfile: string;
  /** The manifest as indented JSON. */
  readonly manifest: string;
}

/** An error as a person reads it. */
export interface ErrorView {
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
}

/** Actions on a node or ModelKit that the host carries out with its own dialogs. */
export type ExplorerAction =
  | 'push'
  | 'pull'
  | 'unpack'
  | 'tag'
  | 'remove'
  | 'copyReference'
  | 'copyDigest'
  | 'addRegistry'
  | 'logIn';

/** Requests of the page to the host. */
export interface ExplorerRequests {
  /** All words that the page shows, in the user's language, and what to select first. */
  start(p: Record<string, never>): ExplorerStart;
  /** Children of a node; without an id the roots. One request per expansion; a node of kind `more` gives the next page. */
  children(p: { readonly id?: string }): readonly TreeNodeView[];
  /** Repositories and tags whose name contains the text, from what is loaded and from the registries. */
  search(p: { readonly text: string }): readonly TreeNodeView[];
  details(p: { readonly id: string }): ModelKitView;
  action(p: { readonly id: string; readonly action: ExplorerAction; readonly value?: string }): {
    readonly done: boolean;
  };
}

export interface ExplorerStart {
  readonly texts: Readonly<Record<ExplorerText, string>>;
  /** BCP 47 tag for `lang`. */
  readonly language: string;
  readonly selected?: string;
}

/** Events of the host to the page. */
export interface ExplorerEvents {
  /** What the tree shows is out of date: load again what is expanded. */
  changed(p: { readonly id?: string }): void;
  select(p: { readonly id: string }): void;
}

/** Keys of the words that the host hands in. */
export const EXPLORER_TEXTS = [
  'treeLabel',
  'searchLabel',
  'searchPlaceholder',
  'searchEmpty',
  'loading',
  'retry',
  'nothingSelected',
  'nothingSelectedHint',
  'emptyTree',
  'addRegistry',
  'refresh',
  'tabLayers',
  'tabKitfile',
  'tabManifest',
  'columnKind',
  'columnName',
  'columnPath',
  'columnSize',
  'columnShare',
  'columnDigest',
  'columnType',
  'total',
  'push',
  'pull',
  'unpack',
  'tag',
  'remove',
  'copy',
  'copied',
  'layersLabel',
  'loaded',
] as const;
export type ExplorerText = (typeof EXPLORER_TEXTS)[number];
