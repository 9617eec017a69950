import type { Problem } from './problem.ts';

/** Stops the reading of a document; its problem is the result. Never leaves this room. */
export class Unusable extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
