import type { DialectNote } from '../model.ts';
import type { MapNode } from '../nodes.ts';
import type { Problem, TextRange } from '../problem.ts';
import { errorAt, informationAt, warningAt } from '../problems.ts';
import type { KitfileRule } from '../rule.ts';

/** What the mapping of a dialect document leaves besides the document itself. */
export class Findings {
  readonly problems: Problem[] = [];
  /** Per entry, what goes into annotations of its layer. */
  readonly notes = new Map<MapNode, DialectNote>();
  /** Annotations of the manifest. */
  readonly annotations: Record<string, string> = {};
  readonly #strict: boolean;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** Kit refuses this; we pack it. `target` says where it goes, for the quick fix. */
  refusedByKit(rule: KitfileRule, message: string, range: TextRange, target: string): void {
    const data = { target };
    this.problems.push(
      this.#strict
        ? errorAt('KITFILE_SCHEMA', rule, message, range, { data })
        : warningAt('DIALECT', rule, message, range, { data }),
    );
  }

  harmless(rule: KitfileRule, message: string, range: TextRange, data: Readonly<Record<string, string>>): void {
    this.problems.push(informationAt('DIALECT', rule, message, range, { data }));
  }
}
