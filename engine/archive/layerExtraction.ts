import type { LayerType } from '../oci/mediaTypes.ts';

/** What there is to know of a layer before it is unpacked. */
export interface LayerExtraction {
  readonly type: LayerType;
  /** What messages call it, such as `dataset layer data`. */
  readonly label: string;
  /** Which files are wanted; all of them, and all folders, unless told. */
  readonly include?: (path: string) => boolean;
  /** A raw layer is this one file. */
  readonly rawFile?: { readonly path: string; readonly mode: number };
  /** Extract below this folder of the target: kits from before 0.5 (spec 6.5). */
  readonly below?: string;
  /** Of the blob. */
  readonly size: number;
  /** Bytes of the blob that were read. */
  readonly onBytes?: (done: number) => void;
}
