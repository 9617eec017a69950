import { parseArgs } from 'node:util';
import { EngineError } from '#engine';
import { nearest } from './nearest.ts';
import type { Flag, Flags } from './verb.ts';

export interface ParsedArgs {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads arguments by a table of flags, the way `kit` does: `--flag value`, `--flag=value`, `-f value`, `-fvalue`,
 * `--switch=false`, `--` ends the flags; of a flag given twice the last wins, lists collect.
 * @param help the command line that shows the right flags, for the advice
 * @throws EngineError INPUT_INVALID for an unknown flag (with the nearest one) and for a value that does not fit
 */
export function readArgs(args: readonly string[], flags: Flags, help: string): ParsedArgs {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: parserOptions(flags),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = startValues(flags);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (!flag) throw unknownFlag(token.rawName, flags, help);
    const text = token.rawName.startsWith('--') ? token.value : token.value?.replace(/^=/, '');
    values[token.name] = flagValue(flag, token.rawName, text, values[token.name]);
  }
  return { positionals, values };
}

function parserOptions(flags: Flags): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const entries = Object.entries(flags).map(([name, flag]) => {
    const type = flag.type === 'boolean' || flag.type === 'count' ? ('boolean' as const) : ('string' as const);
    return [name, { type, ...(flag.short ? { short: flag.short } : {}) }] as const;
  });
  return Object.fromEntries(entries);
}

function startValues(flags: Flags): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, startValue(flag)]));
}

function startValue(flag: Flag): unknown {
  switch (flag.type) {
    case 'boolean':
      return flag.default ?? false;
    case 'count':
      return 0;
    case 'list':
      return [];
    default:
      return undefined;
  }
}

function flagValue(flag: Flag, shown: string, text: string | undefined, before: unknown): unknown {
  switch (flag.type) {
    case 'boolean':
      return booleanValue(shown, text);
    case 'count':
      return Number(before) + 1;
    case 'list':
      return [...(before as readonly string[]), requiredValue(shown, text)];
    case 'number':
      return numberValue(shown, requiredValue(shown, text));
    case 'string':
      return requiredValue(shown, text);
  }
}

function requiredValue(shown: string, text: string | undefined): string {
  if (text !== undefined) return text;
  throw new EngineError('INPUT_INVALID', `The flag ${shown} needs a value.`, {
    advice: `Write it as \`${shown} VALUE\`.`,
  });
}

/** The spellings that Go's strconv.ParseBool knows. */
function booleanValue(shown: string, text: string | undefined): boolean {
  if (text === undefined || /^(1|t|true)$/i.test(text)) return true;
  if (/^(0|f|false)$/i.test(text)) return false;
  throw new EngineError('INPUT_INVALID', `The flag ${shown} is a switch and cannot be "${text}".`, {
    advice: `Write \`${shown}\` or \`${shown}=false\`.`,
  });
}

function numberValue(shown: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new EngineError('INPUT_INVALID', `The flag ${shown} needs a whole number, not "${text}".`, {
    advice: `Write it as \`${shown} 5\`.`,
  });
}

function unknownFlag(shown: string, flags: Flags, help: string): EngineError {
  const long = shown.startsWith('--');
  const suggestion = long ? nearest(shown.slice(2), Object.keys(flags)) : undefined;
  const advice = suggestion
    ? `Did you mean --${suggestion}? \`${help}\` lists all flags.`
    : `\`${help}\` lists all flags.`;
  return new EngineError('INPUT_INVALID', `There is no flag ${shown}.`, { advice });
}
