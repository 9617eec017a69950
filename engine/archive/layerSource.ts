import type { LayerKind } from '../oci/mediaTypes.ts';
import type { IgnoreRules } from './ignoreRules.ts';

/** One layer of a Kitfile as it lies on the disk. */
export interface LayerSource {
  /** The context folder, absolute. */
  readonly context: string;
  /** As cleaned. */
  readonly path: string;
  readonly kind: LayerKind;
  /** The paths of the Kitfile's other layers, and of its parents' (spec 2.5). */
  readonly otherPaths: readonly string[];
  readonly ignore: IgnoreRules;
}
