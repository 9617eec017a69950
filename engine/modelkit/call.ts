import type { WarningCode } from '../errors.ts';
import type { LayerKind } from '../oci/mediaTypes.ts';

/** What a verb reports while it works. */
export type EngineEvent =
  /** Bytes of one unit (a layer, a config, a manifest) that are done; `total` 0 while unknown. `key` is stable per unit. */
  | {
      readonly type: 'progress';
      readonly key: string;
      readonly label: string;
      readonly done: number;
      readonly total: number;
    }
  /** A layer was looked at, and is to be packed: its files and their bytes. */
  | {
      readonly type: 'measured';
      readonly what: LayerKind;
      readonly path: string;
      readonly files: number;
      readonly bytes: number;
    }
  /** A ModelKit was found here, and goes to a registry; both in display form. */
  | { readonly type: 'pushing'; readonly from: string; readonly to: string }
  /** Something is in the local store now. */
  | {
      readonly type: 'saved';
      readonly what: 'config' | 'manifest' | LayerKind;
      readonly digest: string;
      readonly existed: boolean;
    }
  /** A part of a ModelKit goes to the disk at `path`. */
  | { readonly type: 'unpacking'; readonly what: 'config' | LayerKind; readonly name?: string; readonly path: string }
  | { readonly type: 'warning'; readonly code: WarningCode; readonly message: string }
  /** The verb waits for a lock, a rate limit or the next try. */
  | { readonly type: 'waiting'; readonly message: string };

/** How a verb is called: every long one can be cancelled and watched. */
export interface Call {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
}
