import type { LayerKind } from '../oci/mediaTypes.ts';

/**
 * A value of free-form `parameters` (spec 1.4). Integers are bigint so that none loses digits; floats are number.
 * Maps are Map so that `__proto__` is plain data.
 */
export type ParameterValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly ParameterValue[]
  | ReadonlyMap<string, ParameterValue>;

export interface LayerDigests {
  /** Digest of the blob as stored; JSON only (spec 1.6). */
  readonly digest?: string;
  /** Digest of the uncompressed tar. */
  readonly diffId?: string;
}

export interface Package {
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
  readonly authors?: readonly string[];
}

export interface ModelPart extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
  readonly license?: string;
  readonly type?: string;
}

export interface Model extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
  readonly license?: string;
  readonly framework?: string;
  readonly format?: string;
  readonly version?: string;
  readonly description?: string;
  readonly parts?: readonly ModelPart[];
  readonly parameters?: ParameterValue;
}

export interface Code extends LayerDigests {
  readonly path?: string;
  readonly description?: string;
  readonly license?: string;
}

export interface Dataset extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
  readonly remotePath?: string;
  readonly remoteHash?: string;
  readonly description?: string;
  readonly license?: string;
  readonly parameters?: ParameterValue;
}

export interface Docs extends LayerDigests {
  readonly path?: string;
  readonly description?: string;
}

export interface Prompt extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
  readonly description?: string;
}

export interface McpServer extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
  readonly description?: string;
}

/** A Kitfile in the standard format, whatever dialect it was written in (spec 1.2). */
export interface Kitfile {
  readonly manifestVersion?: string;
  readonly package?: Package;
  readonly model?: Model;
  readonly code?: readonly Code[];
  readonly datasets?: readonly Dataset[];
  readonly docs?: readonly Docs[];
  readonly prompts?: readonly Prompt[];
  readonly mcpServers?: readonly McpServer[];
}

export type KitfileSection = 'model' | 'model.parts' | 'code' | 'datasets' | 'docs' | 'prompts' | 'mcpServers';

/** One layer-to-be: an entry of a Kitfile that has (or, for a referenced model, had) content. */
export interface KitfileEntry {
  readonly kind: LayerKind;
  readonly section: KitfileSection;
  /** Position in its section; 0 for the model. */
  readonly index: number;
  readonly name?: string;
  /** As written; an empty path means `.` (spec 1.8). */
  readonly path: string;
  readonly digests: LayerDigests;
}

/** What the guide's dialect said and the standard format cannot hold (spec 10.1); goes into layer annotations. */
export interface DialectNote {
  /** What kind of entry it was: `config` for one of the guide's `configs` (row 12). */
  readonly section?: 'config';
  /** The entry's dialect name. */
  readonly name?: string;
}
