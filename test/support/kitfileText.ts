import { configJson } from '../../engine/kitfile/configJson.ts';
import { type ParsedKitfile, type ParseOptions, parseKitfile } from '../../engine/kitfile/parse.ts';
import type { Problem } from '../../engine/kitfile/problem.ts';

/** Every finding as `severity rule "marked text"`, for one look. */
export function findings(source: Uint8Array | string, options?: ParseOptions): readonly string[] {
  const { problems, text } = parseKitfile(source, options);
  return problems.filter(isNoVersionWarning).map((problem) => shown(problem, text));
}

/** That the version is missing is beside the point of most tests. */
function isNoVersionWarning({ rule }: Problem): boolean {
  return rule !== 'manifest-version-missing';
}

function shown({ severity, rule, range }: Problem, text: string): string {
  return `${severity} ${rule} "${text.slice(range.start, range.end)}"`;
}

/** The config that a text gives, or its first error. */
export function configOf(source: Uint8Array | string): string {
  const parsed = parseKitfile(source);
  const error = firstError(parsed);
  if (error) return `${error.code}: ${error.rule}`;
  return parsed.kitfile ? configJson(parsed.kitfile).toString() : 'no Kitfile';
}

export function firstError({ problems }: ParsedKitfile): Problem | undefined {
  return problems.find(({ severity }) => severity === 'error');
}
