import type { ErrorCode, YAMLParseError } from 'yaml';
import type { Problem } from './problem.ts';
import { syntaxError } from './problems.ts';
import type { KitfileRule } from './rule.ts';

/** Our words for the parser's findings; where one is missing, the parser's own sentence is used. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias cannot have an anchor or a tag of its own.',
  BAD_ALIAS: 'The name of the anchor or alias is missing.',
  BAD_DIRECTIVE: 'This directive is not known. A line that starts with % belongs to YAML itself.',
  BAD_DQ_ESCAPE: 'This escape is not known in double quotes. Write \\\\ for a backslash, or use single quotes.',
  BAD_PROP_ORDER: 'Anchor and tag belong in front of the value.',
  BLOCK_AS_IMPLICIT_KEY:
    'A second key or list cannot start in this line. Put it into a line of its own, or quote the text.',
  BLOCK_IN_FLOW: 'Inside brackets, entries are separated by commas and not by lines.',
  KEY_OVER_1024_CHARS: 'A key can have at most 1,024 characters.',
  MULTILINE_IMPLICIT_KEY: 'A key must be in one line, with a colon after it.',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  TAG_RESOLVE_FAILED: 'The short form of this tag is not declared.',
  TAB_AS_INDENT: 'Tabs cannot indent a Kitfile. Use spaces.',
};

/** The first mistake only: what follows is mostly its consequence. */
export function describeSyntax(errors: readonly YAMLParseError[], text: string): readonly Problem[] {
  const [first] = errors
    .filter(({ code, message }) => isMistake(code, message))
    .toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (!first) return [];
  const start = Math.min(first.pos[0], text.length);
  const end = Math.min(Math.max(first.pos[1], start + 1), Math.max(text.length, start));
  return [syntaxError(ruleOf(first), messageOf(first, text), { start, end: endOfLine(text, start, end) })];
}

/** Tags that are not known construct nothing, and are no mistake (bad-inputs A6). */
export function isMistake(code: ErrorCode, message: string): boolean {
  return code !== 'TAG_RESOLVE_FAILED' || message.startsWith('Could not resolve tag');
}

/** Kit reads YAML 1.1 only, by its own word, and knows no directive besides that of tags. */
export function directiveProblems(text: string): readonly Problem[] {
  if (!text.startsWith('%')) return [];
  const [line = ''] = text.split(/[\r\n]/, 1);
  if (/^%(?:YAML\s+1\.1|TAG)(?:\s|$)/.test(line)) return [];
  return [syntaxError('directive', 'kit cannot read this line. Remove it.', { start: 0, end: line.length })];
}

function ruleOf({ code }: YAMLParseError): KitfileRule {
  return code === 'TAB_AS_INDENT' ? 'tab-indentation' : 'syntax';
}

function messageOf({ code, message }: YAMLParseError, text: string): string {
  if (code === 'BAD_SCALAR_START') return `This character cannot start a text. Put the text into quotes.`;
  if (code === 'MISSING_CHAR' && /followed by map values/.test(message))
    return 'A colon and a value are missing after this key.';
  if (code === 'MISSING_CHAR' && /closing/i.test(message)) return 'The closing quote is missing.';
  if (code === 'BAD_INDENT' && text.length > 0)
    return 'The indentation does not fit: entries of one level start in the same column.';
  return MESSAGES[code] ?? `This is not valid YAML: ${message.replace(/\.?$/, '.')}`;
}

/** A mark never goes on into the next line. */
function endOfLine(text: string, start: number, end: number): number {
  const line = text.slice(start, end).search(/[\r\n]/);
  return line > 0 ? start + line : end;
}
