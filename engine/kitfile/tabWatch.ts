import type { Parser } from 'yaml';
import type { Problem } from './problem.ts';
import { syntaxError } from './problems.ts';

/**
 * Finds the tab at the start of a line that kit refuses, and the yaml package does not: in an empty line or before a comment.
 * Inside brackets, and after an unquoted text that is less deep, kit does not mind.
 */
export class TabWatch {
  readonly #parser: Parser;
  /** Width of the blanks that a line starts with; undefined behind them. */
  #blankWidth: number | undefined = 0;
  #inText = false;
  #afterText = false;
  #brackets = 0;
  #problem: Problem | undefined;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /** The first one. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** @param lexeme the one that the parser gets next */
  see(lexeme: string): void {
    if (this.#inText) {
      this.#inText = false;
      this.#afterText = true;
    } else if (/^[ \t]+$/.test(lexeme)) {
      this.#blanks(lexeme);
      return;
    } else if (lexeme === '\u001f') this.#inText = true;
    else if (!/^(?:\r?\n|#.*)$/.test(lexeme)) this.#sign(lexeme);
    this.#blankWidth = lexeme.endsWith('\n') ? 0 : undefined;
  }

  #sign(lexeme: string): void {
    this.#afterText = false;
    if (lexeme === '[' || lexeme === '{') this.#brackets += 1;
    if (lexeme === ']' || lexeme === '}') this.#brackets = Math.max(0, this.#brackets - 1);
  }

  #blanks(lexeme: string): void {
    const before = this.#blankWidth;
    if (before === undefined) return;
    this.#blankWidth = before + lexeme.length;
    const tab = lexeme.indexOf('\t');
    if (tab < 0 || this.#brackets > 0 || this.#problem) return;
    if (this.#afterText && before + tab > this.#indent()) return;
    const start = this.#parser.offset + tab;
    const message = 'Tabs cannot indent a Kitfile, not even in an empty line. Use spaces.';
    this.#problem = syntaxError('tab-indentation', message, { start, end: start + 1 });
  }

  #indent(): number {
    const block = this.#parser.stack.findLast(({ type }) => type === 'block-map' || type === 'block-seq');
    return block && 'indent' in block ? block.indent : -1;
  }
}
