import { parseRegex, type RegexNode } from './regexSyntax.ts';

/** A regular expression that never backtracks: time grows with the text times the expression (bad-inputs A23). */
export interface LinearRegex {
  test(text: string): boolean;
  /** Instructions of its machine. */
  readonly size: number;
}

/** More than any path can use. */
const MAX_INSTRUCTIONS = 100_000;

/** One instruction of the machine, as in Thompson's construction and Go's regexp. */
type Instruction =
  | { readonly kind: 'character'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'assert'; readonly holds: (before: number, after: number) => boolean }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'match' };

/** @returns undefined for what Go's regexp refuses, or what no ignore pattern can become */
export function linearRegex(source: string): LinearRegex | undefined {
  const alternatives = parseRegex(source);
  if (!alternatives || sizeOf(alternatives.flat()) > MAX_INSTRUCTIONS) return undefined;
  const program: Instruction[] = [];
  const starts = alternatives.map((nodes) => {
    const start = program.length;
    for (const node of nodes) compile(node, program);
    program.push({ kind: 'match' });
    return start;
  });
  // `^…$` starts at the beginning or nowhere; not so with alternatives, or after `^{0,}`.
  const anchored = starts.length === 1 && alternatives[0]?.[0]?.kind === 'assert';
  return { test: (text) => new Run(program, text).matches(starts, anchored), size: program.length };
}

function sizeOf(nodes: readonly RegexNode[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind === 'group') return sum + sizeOf(node.nodes);
    if (node.kind !== 'repeat') return sum + 1;
    return sum + 2 + sizeOf([node.node]) * (node.max === Infinity ? node.min + 1 : node.max);
  }, 0);
}

function compile(node: RegexNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'character':
      program.push({ kind: 'character', accepts: node.accepts });
      return;
    case 'assert':
      program.push({ kind: 'assert', holds: node.holds });
      return;
    case 'group':
      for (const inner of node.nodes) compile(inner, program);
      return;
    case 'repeat':
      for (let times = 0; times < node.min; times += 1) compile(node.node, program);
      if (node.max === Infinity) compileStar(node.node, program);
      else for (let times = node.min; times < node.max; times += 1) compileOptional(node.node, program);
  }
}

function compileOptional(node: RegexNode, program: Instruction[]): void {
  const split = program.push({ kind: 'match' }) - 1;
  compile(node, program);
  program[split] = { kind: 'split', next: split + 1, other: program.length };
}

function compileStar(node: RegexNode, program: Instruction[]): void {
  const split = program.push({ kind: 'match' }) - 1;
  compile(node, program);
  program.push({ kind: 'split', next: split, other: split });
  program[split] = { kind: 'split', next: split + 1, other: program.length };
}

/** No character: before the first and after the last. */
const EDGE = -1;

class Run {
  readonly #program: readonly Instruction[];
  readonly #text: string;
  /** The step in which an instruction was added last: each is followed once per character. */
  readonly #seen: Int32Array;
  #step = 0;

  constructor(program: readonly Instruction[], text: string) {
    this.#program = program;
    this.#text = text;
    this.#seen = new Int32Array(program.length);
  }

  matches(starts: readonly number[], anchored: boolean): boolean {
    let before = EDGE;
    let { code, at } = this.#read(0);
    let states = this.#follow([...starts], before, code);
    while (code !== EDGE && (states.length > 0 || !anchored)) {
      if (this.#hasMatched(states)) return true;
      const next: number[] = anchored ? [] : [...starts];
      for (const state of states) {
        const instruction = this.#program[state];
        if (instruction?.kind === 'character' && instruction.accepts(code)) next.push(state + 1);
      }
      before = code;
      ({ code, at } = this.#read(at));
      states = this.#follow(next, before, code);
    }
    return this.#hasMatched(states);
  }

  #hasMatched(states: readonly number[]): boolean {
    return states.some((state) => this.#program[state]?.kind === 'match');
  }

  #read(at: number): { readonly code: number; readonly at: number } {
    const code = this.#text.codePointAt(at);
    if (code === undefined) return { code: EDGE, at };
    // A byte that is no UTF-8 is U+FFFD to Go's regexp.
    const lone = code >= 0xd800 && code <= 0xdfff;
    return { code: lone ? 0xfffd : code, at: at + (code > 0xffff ? 2 : 1) };
  }

  #follow(pending: number[], before: number, after: number): number[] {
    this.#step += 1;
    const reached: number[] = [];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (this.#seen[state] === this.#step) continue;
      this.#seen[state] = this.#step;
      const instruction = this.#program[state];
      if (instruction?.kind === 'split') pending.push(instruction.next, instruction.other);
      else if (instruction?.kind !== 'assert') reached.push(state);
      else if (instruction.holds(before, after)) pending.push(state + 1);
    }
    return reached;
  }
}
