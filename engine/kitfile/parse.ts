import { EngineError } from '../errors.ts';
import type { DialectNote, Kitfile, KitfileEntry } from './model.ts';
import type { Problem, TextRange } from './problem.ts';

export interface ParseOptions {
  /** What only kit refuses (the dialect, spec 10) is an error instead of a warning. */
  readonly strict?: boolean;
}

/** An entry with its place in the text. */
export interface LocatedEntry extends KitfileEntry {
  /** The whole entry. */
  readonly range: TextRange;
  /** The value of `path`; the whole entry where it has none. */
  readonly pathRange: TextRange;
  readonly note?: DialectNote;
}

export interface ParsedKitfile {
  /** The decoded text, to which all ranges refer; without the byte order mark of a file. */
  readonly text: string;
  /** In standard form, whatever dialect it was written in; undefined when it cannot be read at all. */
  readonly kitfile: Kitfile | undefined;
  /** All findings about the text alone: syntax, schema, rules, dialect. What the disk says is for `checkKitfile`. */
  readonly problems: readonly Problem[];
  /** The layers, in their order. */
  readonly entries: readonly LocatedEntry[];
  /** Annotations of the manifest for what the standard format cannot hold (spec 10.1). */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads a Kitfile in the standard format or the guide's dialect (spec 1, 10). Never throws for a bad document. */
export function parseKitfile(_source: Uint8Array | string, _options: ParseOptions = {}): ParsedKitfile {
  throw new EngineError('INTERNAL', 'Not here yet.');
}
