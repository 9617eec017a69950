import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, systemCode } from '../errors.ts';
import { cleanPath } from './cleanPath.ts';
import { decodeName, shownName } from './fileName.ts';
import { isGlob } from './globSyntax.ts';
import { type IgnorePattern, ignorePattern } from './ignorePattern.ts';
import { trimSpace } from './trimSpace.ts';

/** What `.kitignore` and the built-in rules leave out of a ModelKit (spec 2.5). */
export interface IgnoreRules {
  /** @param path relative to the context, as cleaned */
  ignores(path: string): boolean;
  /** With a `!` pattern, what is inside an ignored folder can still be packed. */
  readonly hasExceptions: boolean;
}

export const IGNORE_FILE = '.kitignore';
/** At the root only, and after all others: no `!` brings them back. */
const BUILT_IN = ['Kitfile', 'kitfile', '.kitfile', IGNORE_FILE];
const MAX_BYTES = 1024 * 1024;
const MAX_PATTERNS = 10_000;
/** Instructions of all patterns together: what `{1000}` could make of a small file. */
const MAX_SIZE = 2_000_000;

interface Rule {
  readonly pattern: IgnorePattern;
  readonly exception: boolean;
}

/** @throws EngineError KITIGNORE_SYNTAX with the line, KITFILE_LIMIT */
export function parseIgnoreRules(content: Uint8Array | string, file: string = IGNORE_FILE): IgnoreRules {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.byteLength > MAX_BYTES) throw tooLarge(file, `is larger than ${MAX_BYTES} bytes`);
  const rules: Rule[] = [];
  let size = 0;
  for (const [index, line] of decodeName(withoutMark(bytes)).split('\n').entries()) {
    const pattern = readLine(line);
    if (pattern === '') continue;
    if (rules.length >= MAX_PATTERNS) throw tooLarge(file, `has more than ${MAX_PATTERNS} patterns`);
    const rule = compileRule(pattern, file, index + 1);
    size += rule.pattern.size;
    if (size > MAX_SIZE) throw tooLarge(file, 'repeats too much in its patterns');
    rules.push(rule);
  }
  const builtIn = BUILT_IN.map((pattern) => compileRule(pattern, file, 0));
  return new PatternRules([...rules, ...builtIn]);
}

/** Reads `<context>/.kitignore`; the built-in rules alone when there is none. @throws EngineError KITIGNORE_SYNTAX */
export async function readIgnoreRules(context: string): Promise<IgnoreRules> {
  const file = join(context, IGNORE_FILE);
  try {
    return parseIgnoreRules(await readBounded(file), file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return parseIgnoreRules('', file);
    if (error instanceof EngineError) throw error;
    // Never packed without its rules: they may be what keeps secrets out.
    throw new EngineError('KITIGNORE_SYNTAX', `${file} cannot be read (${systemCode(error) ?? 'unknown'}).`, {
      advice: 'Make it a readable file, or remove it.',
      facts: { file },
      cause: error,
    });
  }
}

async function readBounded(file: string): Promise<Buffer> {
  // A fifo in the place of the file must not hang us.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await handle.stat()).isFile())
      throw new EngineError('KITIGNORE_SYNTAX', `${file} is not a file.`, {
        advice: 'Remove it, or write the patterns into a file of that name.',
        facts: { file },
      });
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, size, buffer.byteLength - size);
      size += bytesRead;
      if (bytesRead === 0 || size > MAX_BYTES) return buffer.subarray(0, size);
    }
  } finally {
    await handle.close();
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** One line as moby/patternmatcher/ignorefile reads it; empty for a comment or nothing. */
function readLine(line: string): string {
  if (line.startsWith('#')) return '';
  const trimmed = trimSpace(line);
  if (!trimmed.startsWith('!')) return trimmed === '' ? '' : withoutRoot(trimmed);
  const rest = trimSpace(trimmed.slice(1));
  return rest === '' ? '!' : `!${withoutRoot(rest)}`;
}

function withoutRoot(pattern: string): string {
  const cleaned = cleanPath(pattern);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}

/** As patternmatcher's `New` does with a line that was read. */
function compileRule(line: string, file: string, number: number): Rule {
  const cleaned = cleanPath(trimSpace(line));
  const exception = cleaned.startsWith('!');
  if (cleaned === '!') throw badPattern(file, number, line, 'It says "not", but not what');
  const text = exception ? cleaned.slice(1) : cleaned;
  const pattern = isGlob(text) ? ignorePattern(text) : undefined;
  if (!pattern) throw badPattern(file, number, line, 'Look for a [ without ], or a \\ that escapes nothing');
  return { pattern, exception };
}

function badPattern(file: string, line: number, pattern: string, hint: string): EngineError {
  const shown = shownName(pattern);
  return new EngineError('KITIGNORE_SYNTAX', `${file}:${line}: the pattern "${shown}" is not valid.`, {
    advice: `${hint}.`,
    facts: { file, line, pattern: shown },
  });
}

function tooLarge(file: string, what: string): EngineError {
  return new EngineError('KITFILE_LIMIT', `${file} ${what}.`, {
    advice: 'Use fewer patterns with wildcards.',
    facts: { file },
  });
}

/** Folders whose verdicts are remembered: enough for the ancestors of a path. */
const MAX_REMEMBERED = 256;

/** patternmatcher's `MatchesOrParentMatches`: the last pattern that matches a path or a folder above it decides. */
class PatternRules implements IgnoreRules {
  readonly hasExceptions: boolean;
  readonly #rules: readonly Rule[];
  readonly #byFolder = new Map<string, Uint8Array>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.hasExceptions = rules.some((rule) => rule.exception);
  }

  ignores(path: string): boolean {
    const cleaned = cleanPath(trimSpace(path));
    const above = this.#matchesAbove(cleaned);
    let ignored = false;
    for (const [index, { pattern, exception }] of this.#rules.entries()) {
      if (exception !== ignored) continue;
      if (above?.[index] === 1 || pattern.matches(cleaned)) ignored = !exception;
    }
    return ignored;
  }

  /** For each rule, 1 when it matches one of the folders above a path; undefined at the root. */
  #matchesAbove(path: string): Uint8Array | undefined {
    const slash = path.lastIndexOf('/');
    if (slash <= 0) return undefined;
    const folder = path.slice(0, slash);
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const above = this.#matchesAbove(folder);
    const matches = Uint8Array.from(this.#rules, ({ pattern }, index) =>
      above?.[index] === 1 || pattern.matches(folder) ? 1 : 0,
    );
    if (this.#byFolder.size >= MAX_REMEMBERED) this.#byFolder.clear();
    this.#byFolder.set(folder, matches);
    return matches;
  }
}
