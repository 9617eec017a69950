import type { Mapping, Scalar, Span, YamlPath } from './nodes.ts';

/** A place for a key. */
export interface KeySlot {
  readonly kind: 'key';
  /** Of the map that the key goes into. */
  readonly path: YamlPath;
  /** The map, where it exists already. */
  readonly mapping: Mapping | undefined;
  /** What the key replaces. */
  readonly span: Span;
  readonly hasColon: boolean;
  readonly flow: boolean;
  /** Another part of the brackets follows, without a comma between. */
  readonly needsComma: boolean;
  /** Where the key stands in its line: what is nested in it goes two columns deeper. */
  readonly column: number;
}

/** A place for a value. */
export interface ValueSlot {
  readonly kind: 'value';
  readonly path: YamlPath;
  /** What the value replaces: between the quotes where it has quotes. */
  readonly span: Span;
  readonly scalar: Scalar | undefined;
  /**
   * `line`: at the beginning of a line or behind a dash, where a map may begin as well;
   * `key`: behind the colon of a key, where only a scalar fits into the line; `flow`: in brackets.
   */
  readonly place: 'line' | 'key' | 'flow';
  /** Another part of the brackets follows, without a comma between. */
  readonly needsComma: boolean;
  /** Column of the value's place (`line`) or of its key (`key`). */
  readonly column: number;
}

/** A place for a new dash. */
export interface ItemSlot {
  readonly kind: 'item';
  /** Of the list. */
  readonly path: YamlPath;
  readonly index: number;
  readonly span: Span;
  readonly column: number;
}

export type Slot = KeySlot | ValueSlot | ItemSlot;

export function emptySlot(path: YamlPath, offset: number, place: ValueSlot['place'], column: number): ValueSlot {
  return {
    kind: 'value',
    path,
    span: { start: offset, end: offset },
    scalar: undefined,
    place,
    needsComma: false,
    column,
  };
}

/** The slot that a scalar fills; none for a text under `|` and for an alias. */
export function scalarSlot(
  scalar: Scalar,
  path: YamlPath,
  place: ValueSlot['place'],
  column: number,
): readonly ValueSlot[] {
  if (scalar.style === 'block' || scalar.style === 'alias') return [];
  return [{ kind: 'value', path, span: scalar.content, scalar, place, needsComma: false, column }];
}
