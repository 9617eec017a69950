/**
 * The tree of a YAML document as it stands while somebody types: every feature of the editor works on it.
 * It keeps what a strict parser loses (a key without its colon, an unclosed quote, a dash alone) and says nothing about
 * mistakes: those are the engine's business.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block' | 'alias';

export interface Scalar extends Span {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** What stands between the quotes; the same as start and end without quotes. */
  readonly content: Span;
  /** False for a quoted text whose second quote is missing. */
  readonly closed: boolean;
}

export interface Entry extends Span {
  readonly key: Scalar;
  /** Where its colon stands; undefined while the key is half typed. */
  readonly colon: number | undefined;
  readonly value: YamlNode | undefined;
}

export interface Item extends Span {
  readonly value: YamlNode | undefined;
}

interface Collection extends Span {
  /** Written with brackets. */
  readonly flow: boolean;
  /** Where its keys or dashes stand in their lines; the opening bracket's for flow. */
  readonly column: number;
  /** False for a bracket whose partner is missing. */
  readonly closed: boolean;
}

export interface Mapping extends Collection {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
}

export interface Sequence extends Collection {
  readonly kind: 'sequence';
  readonly items: readonly Item[];
}

export type YamlNode = Scalar | Mapping | Sequence;

export interface YamlTree {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly comments: readonly Span[];
  /** Where the first document ends; what follows is not read (spec 1.1). */
  readonly end: number;
}

export type YamlPath = readonly (string | number)[];

/** True when the offset is in the span or at one of its ends. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
