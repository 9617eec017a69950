import { type Accepts, codeOf, parseClass } from './regexClass.ts';
import { escapeClass, escapedCode, isWord } from './regexEscape.ts';

export type RegexNode =
  | { readonly kind: 'character'; readonly accepts: Accepts }
  | { readonly kind: 'assert'; readonly holds: (before: number, after: number) => boolean }
  | { readonly kind: 'group'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number };

const EDGE = -1;
const BEGIN: RegexNode = { kind: 'assert', holds: (before) => before === EDGE };
const END: RegexNode = { kind: 'assert', holds: (_, after) => after === EDGE };
const ANY: RegexNode = { kind: 'character', accepts: (code) => code !== 0x0a };
interface Count {
  readonly min: number;
  readonly max: number;
}

/** Go's own limit. */
const MAX_COUNT = 1000;
const MAX_COUNT_TEXT = 64;
const COUNT = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/;

const ESCAPED_ASSERTIONS: ReadonlyMap<string, RegexNode> = new Map<string, RegexNode>([
  ['A', BEGIN],
  ['z', END],
  ['b', { kind: 'assert', holds: (before, after) => isWord(before) !== isWord(after) }],
  ['B', { kind: 'assert', holds: (before, after) => isWord(before) === isWord(after) }],
]);

/**
 * The part of Go's RE2 syntax that ignore patterns can become: alternatives at the top, counts, groups one deep.
 * @returns the alternatives; undefined where Go reports an error
 */
export function parseRegex(source: string): readonly (readonly RegexNode[])[] | undefined {
  const reader = new Reader([...source]);
  const alternatives: (readonly RegexNode[])[] = [];
  do {
    const nodes = reader.sequence();
    if (!nodes) return undefined;
    alternatives.push(nodes);
  } while (reader.takes('|'));
  return reader.done ? alternatives : undefined;
}

class Reader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(characters: readonly string[]) {
    this.#characters = characters;
  }

  get done(): boolean {
    return this.#at >= this.#characters.length;
  }

  takes(character: string): boolean {
    const taken = this.#characters[this.#at] === character;
    if (taken) this.#at += 1;
    return taken;
  }

  sequence(): readonly RegexNode[] | undefined {
    const nodes: RegexNode[] = [];
    while (!this.done && this.#characters[this.#at] !== ')' && this.#characters[this.#at] !== '|') {
      // A count needs something before it.
      const atom = this.#count() ? undefined : this.#atom();
      const node = atom && this.#repeated(atom);
      if (!node) return undefined;
      nodes.push(node);
    }
    return nodes;
  }

  /** As Perl and Go: one repetition may not follow another. */
  #repeated(node: RegexNode): RegexNode | undefined {
    const count = this.#operator() ?? this.#count();
    if (!count) return node;
    const { min, max } = count;
    const tooMany = min > MAX_COUNT || (max !== Infinity && (max > MAX_COUNT || max < min));
    if (tooMany || this.#operator() || this.#count()) return undefined;
    return { kind: 'repeat', node, min, max };
  }

  #operator(): Count | undefined {
    if (this.takes('*')) return { min: 0, max: Infinity };
    return this.takes('?') ? { min: 0, max: 1 } : undefined;
  }

  /** `{n}`, `{n,}` or `{n,m}`; anything else in braces is plain text. */
  #count(): Count | undefined {
    if (this.#characters[this.#at] !== '{') return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + MAX_COUNT_TEXT).join('');
    const match = COUNT.exec(rest);
    if (!match) return undefined;
    this.#at += match[0].length;
    const min = Number(match[1]);
    if (match[2] === undefined) return { min, max: min };
    return { min, max: match[3] === undefined ? Infinity : Number(match[3]) };
  }

  #atom(): RegexNode | undefined {
    const character = this.#characters[this.#at] ?? '';
    this.#at += 1;
    switch (character) {
      case '^':
        return BEGIN;
      case '$':
        return END;
      case '.':
        return ANY;
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      default:
        return exactly(codeOf(character));
    }
  }

  #group(): RegexNode | undefined {
    const nodes = this.sequence();
    if (!nodes || this.done) return undefined;
    this.#at += 1;
    return { kind: 'group', nodes };
  }

  #class(): RegexNode | undefined {
    const parsed = parseClass(this.#characters, this.#at);
    if (!parsed) return undefined;
    this.#at = parsed.end;
    return { kind: 'character', accepts: parsed.accepts };
  }

  #escape(): RegexNode | undefined {
    const character = this.#characters[this.#at] ?? '';
    const assertion = ESCAPED_ASSERTIONS.get(character);
    const accepts = escapeClass(character);
    if (assertion || accepts) this.#at += 1;
    if (assertion) return assertion;
    if (accepts) return { kind: 'character', accepts };
    const escaped = escapedCode(this.#characters, this.#at);
    if (!escaped) return undefined;
    this.#at = escaped.end;
    return exactly(escaped.code);
  }
}

function exactly(wanted: number): RegexNode {
  return { kind: 'character', accepts: (code) => code === wanted };
}
