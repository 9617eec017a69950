import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import { mergePairs } from './mergeKeys.ts';
import type { KitNode, PairNode, ScalarNode } from './nodes.ts';
import { tagMismatch } from './parameters.ts';
import type { Problem, TextRange } from './problem.ts';
import { errorAt, quoted, syntaxError } from './problems.ts';
import { fitsTag } from './scalars.ts';
import { Unusable } from './unusable.ts';

export interface ReadNodes {
  /** Undefined when the document cannot be used. */
  readonly root: KitNode | undefined;
  readonly problems: readonly Problem[];
}

/** Resolves aliases and merge keys and finds keys that are there twice, all as go-yaml does (spec 1.3, bad-inputs A3, A4). */
export function readNodes(
  { contents }: Document.Parsed<ParsedNode>,
  text: string,
  place: Place = (offset) => offset,
): ReadNodes {
  const reader = new Reader(text, place);
  try {
    const root = reader.read(contents);
    return { root, problems: reader.problems };
  } catch (error) {
    if (error instanceof Unusable) return { root: undefined, problems: [...reader.problems, error.problem] };
    throw error;
  }
}

/** Of JSON, but not of go-yaml. */
const FOREIGN_ESCAPE = /\\\/|\\u[dD][89a-fA-F]/;
/** Go-yaml ends a line there, YAML 1.2 does not. */
const FOREIGN_BREAK = /[\x85\u2028\u2029]/;

/** Where an offset of the document is in the text. */
type Place = (offset: number) => number;

interface Anchored {
  readonly node?: KitNode;
  /** How many nodes it stands for, with aliases resolved, and how deep they go. */
  readonly nodes: number;
  readonly depth: number;
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #anchors = new Map<string, Anchored>();
  #nodes = 0;
  #depth = 0;
  #deepest = 0;
  readonly #text: string;
  readonly #place: Place;

  constructor(text: string, place: Place) {
    this.#text = text;
    this.#place = place;
  }

  read(node: ParsedNode | null): KitNode {
    if (!node) return { kind: 'scalar', text: '', plain: true, range: { start: 0, end: 0 } };
    if (isAlias(node)) return this.#alias(node.source, this.#rangeOf(node));
    const { anchor } = node;
    const nodes = this.#nodes;
    const deepest = this.#deepest;
    this.#count(1, 1, this.#rangeOf(node));
    this.#depth += 1;
    this.#deepest = this.#depth;
    if (anchor) this.#anchors.set(anchor, { nodes: 0, depth: 0 });
    const read = this.#content(node);
    this.#depth -= 1;
    if (anchor)
      this.#anchors.set(anchor, { node: read, nodes: this.#nodes - nodes, depth: this.#deepest - this.#depth });
    this.#deepest = Math.max(deepest, this.#deepest);
    return read;
  }

  #content(node: Scalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed): KitNode {
    if (isScalar(node)) return this.#scalar(node);
    if (isMap(node)) return this.#map(node as YAMLMap.Parsed);
    const items = node.items.map((item) => this.read(item as ParsedNode | null));
    return { kind: 'list', items, range: this.#rangeOf(node) };
  }

  #scalar(node: Scalar.Parsed): ScalarNode {
    const read = scalar(node, this.#rangeOf(node));
    const { start, end } = read.range;
    if (node.type === 'QUOTE_DOUBLE' && FOREIGN_ESCAPE.test(this.#text.slice(start, end).replaceAll('\\\\', '')))
      this.problems.push(
        syntaxError('escape', 'kit cannot read an escape in this text: \\/ or half a surrogate pair.', read.range),
      );
    if (!fitsTag(read)) this.problems.push(tagMismatch(read));
    if (node.type !== undefined && !node.type.startsWith('QUOTE') && FOREIGN_BREAK.test(read.text)) {
      const message = 'A line separator that only some programs know is in this text. Put the text into double quotes.';
      this.problems.push(syntaxError('line-separator', message, read.range));
    }
    return read;
  }

  #rangeOf(node: ParsedNode): TextRange {
    return { start: this.#place(node.range[0]), end: this.#place(endOf(node)) };
  }

  #map(node: YAMLMap.Parsed): KitNode {
    const pairs = node.items.map((pair): PairNode => {
      const key = this.read(pair.key);
      const value = pair.value ? this.read(pair.value) : emptyAfter(key);
      return { key, value };
    });
    this.#checkUnique(node, pairs);
    return { kind: 'map', pairs: mergePairs(pairs), range: this.#rangeOf(node) };
  }

  #alias(name: string, range: TextRange): KitNode {
    const anchored = this.#anchors.get(name);
    if (!anchored) {
      const message = `No value before this one has the anchor ${quoted(name)}.`;
      throw new Unusable(syntaxError('unknown-anchor', message, range));
    }
    if (!anchored.node)
      throw new Unusable(
        syntaxError('circular-anchor', `The value of the anchor ${quoted(name)} contains itself.`, range),
      );
    this.#count(anchored.nodes, anchored.depth, range);
    this.#deepest = Math.max(this.#deepest, this.#depth + anchored.depth);
    return anchored.node;
  }

  #count(nodes: number, depth: number, range: TextRange): void {
    this.#nodes += nodes;
    if (this.#nodes > MAX_NODES) {
      const message = 'A Kitfile can have at most 100,000 values, aliases resolved.';
      throw new Unusable(errorAt('KITFILE_LIMIT', 'limit', message, range));
    }
    if (this.#depth + depth > MAX_DEPTH) {
      const message = 'A Kitfile can be nested at most 256 levels deep, aliases resolved.';
      throw new Unusable(errorAt('KITFILE_LIMIT', 'limit', message, range));
    }
  }

  /** Kit compares the text of keys, whatever their type: `1` and `"1"` are the same. */
  #checkUnique({ items }: YAMLMap.Parsed, pairs: readonly PairNode[]): void {
    const first = new Map<string, TextRange>();
    for (const [at, { key }] of pairs.entries()) {
      // An alias is only the same as another alias of that name.
      const alias = isAlias(items[at]?.key);
      if (key.kind !== 'scalar' || alias) continue;
      const range = first.get(key.text);
      if (!range) {
        first.set(key.text, key.range);
        continue;
      }
      const message = `The key ${quoted(key.text)} is here twice. Keep one of them.`;
      const related = [{ range, message: `${quoted(key.text)} is first here.` }];
      this.problems.push(syntaxError('duplicate-key', message, key.range, { related }));
    }
  }
}

/** A block ends where its last value ends, not where the next one starts. */
function endOf(node: ParsedNode): number {
  const [start, end] = node.range;
  if (!(isMap(node) || isSeq(node)) || node.flow) return end;
  const last = node.items.at(-1);
  const inner = isMap(node) ? lastOfPair(last) : (last as ParsedNode | null | undefined);
  return inner ? Math.max(start, endOf(inner)) : end;
}

function scalar(node: Scalar.Parsed, range: TextRange): ScalarNode {
  const { tag, type, source } = node;
  const short = tag?.replace(/^tag:yaml\.org,2002:/, '!!');
  return {
    kind: 'scalar',
    text: source ?? '',
    plain: type === 'PLAIN',
    ...(short === undefined || short === '!' ? {} : { tag: short }),
    range,
  };
}

function lastOfPair(pair: unknown): ParsedNode | null | undefined {
  const { key, value } = pair as { key?: ParsedNode | null; value?: ParsedNode | null };
  return value ?? key;
}

function emptyAfter({ range: { end } }: KitNode): ScalarNode {
  return { kind: 'scalar', text: '', plain: true, range: { start: end, end } };
}
