import type { CatalogPage, LayerKind, ListEntry, TagsPage } from '#engine';

/** A registry that the user added. */
export interface ExplorerRegistry {
  /** Host with port. */
  readonly host: string;
  /** Repositories that are named by hand: for registries that do not list theirs. */
  readonly repositories: readonly string[];
}

/** A ModelKit in the local store; `repository` in its full form, `registry/repository`. */
export type LocalEntry = ListEntry;

export interface KitLayer {
  readonly kind: LayerKind;
  readonly name?: string;
  readonly path: string;
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
  /** Share of the whole, 0 to 1. */
  readonly share: number;
}

/** What one ModelKit holds. */
export interface KitContent {
  readonly digest: string;
  readonly cliVersion: string;
  readonly kitfileYaml: string;
  /** As stored. */
  readonly manifestJson: string;
  readonly size: number;
  readonly layers: readonly KitLayer[];
}

export type Where = 'local' | 'registry';
export type SourceChange = 'store' | 'registries';

export interface PageRequest {
  /** The `next` of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** All that the explorer needs of the world; references in their full form, `registry/repository[:tag|@digest]`. */
export interface ExplorerSource {
  localKits(signal: AbortSignal): Promise<readonly LocalEntry[]>;
  registries(): readonly ExplorerRegistry[];
  catalog(host: string, page: PageRequest, signal: AbortSignal): Promise<CatalogPage>;
  tags(repository: string, page: PageRequest, signal: AbortSignal): Promise<TagsPage>;
  inspect(reference: string, where: Where, signal: AbortSignal): Promise<KitContent>;
  layers(reference: string, where: Where, signal: AbortSignal): Promise<readonly KitLayer[]>;
  /** Returns a function that stops listening. */
  onChange(listener: (change: SourceChange) => void): () => void;
}
