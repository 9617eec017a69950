import type { ErrorCode, WarningCode } from '../errors.ts';
import type { Problem, TextRange } from './problem.ts';
import type { KitfileRule } from './rule.ts';

type Extra = Pick<Problem, 'related' | 'data'>;

function problem(severity: Problem['severity']) {
  return (
    code: ErrorCode | WarningCode,
    rule: KitfileRule,
    message: string,
    range: TextRange,
    extra: Extra = {},
  ): Problem => ({ code, rule, severity, message, range, ...extra });
}

export const errorAt = problem('error');
export const warningAt = problem('warning');
export const informationAt = problem('information');

/** The text cannot be read as YAML. */
export function syntaxError(rule: KitfileRule, message: string, range: TextRange, extra: Extra = {}): Problem {
  return errorAt('KITFILE_SYNTAX', rule, message, range, extra);
}

/** A text from a Kitfile as part of a sentence: short, and without control characters. */
export function quoted(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return `"${shown.replace(/\p{Cc}/gu, '?')}"`;
}
