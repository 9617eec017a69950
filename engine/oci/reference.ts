import type { Digest } from './digest.ts';

/** Where a ModelKit is: spec section 4.8. `tag` and `digest` are both absent where the text gave neither. */
export interface Reference {
  /** Host with port; `localhost` without a port means "local only" (spec 4.7). */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** Further tags after a comma, as they were written. */
  readonly extraTags: readonly string[];
}
