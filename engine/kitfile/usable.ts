import { EngineError } from '../errors.ts';
import { positionAt } from './position.ts';
import type { Problem } from './problem.ts';

/**
 * Stops at a Kitfile with errors. The first one decides code and message; all are in `facts.problems`.
 * @throws EngineError of the first error's code
 */
export function assertNoErrors(problems: readonly Problem[], source: string): void {
  const errors = problems.filter(isError).sort((one, other) => one.range.start - other.range.start);
  const [first] = errors;
  if (!first) return;
  const others = errors.length - 1;
  const advice = others === 0 ? 'Correct it' : `Correct it and ${others} more ${others === 1 ? 'mistake' : 'mistakes'}`;
  throw new EngineError(first.code, `${place(first, source)}${first.message}`, {
    advice: `${advice} in the Kitfile, then try again.`,
    facts: { rule: first.rule, problems: errors.map((problem) => `${place(problem, source)}${problem.message}`) },
  });
}

type ErrorProblem = Problem & { readonly code: EngineError['code'] };

/** A problem of severity error has an error's code. */
function isError(problem: Problem): problem is ErrorProblem {
  return problem.severity === 'error';
}

/** Empty for what is not in the Kitfile itself, such as a mistake in the ignore file. */
function place({ range }: Problem, source: string): string {
  if (range.end === 0) return '';
  const { line, column } = positionAt(source, range.start);
  return `Kitfile ${line}:${column}: `;
}
