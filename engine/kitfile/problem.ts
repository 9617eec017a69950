import type { ErrorCode, WarningCode } from '../errors.ts';
import type { KitfileRule } from './rule.ts';

/** Half-open range of UTF-16 offsets in the Kitfile's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

/**
 * One finding about a Kitfile. Problems are returned, never thrown: a document with mistakes is normal.
 * An error is exactly what `pack` refuses (spec 1.5).
 */
export interface Problem {
  readonly code: ErrorCode | WarningCode;
  readonly rule: KitfileRule;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** The other place that this one contradicts. */
  readonly related?: readonly { readonly range: TextRange; readonly message: string }[];
  /** What a quick fix needs, such as `{ suggestion: 'description' }`. */
  readonly data?: Readonly<Record<string, string>>;
}
