import { type Composer, type Document, Lexer, type ParsedNode, Parser } from 'yaml';
import { boundedComposer, mistakeCounter, TooManyMistakes } from './boundedComposer.ts';
import { MAX_DEPTH, MAX_KITFILE_BYTES, MAX_NODES, MAX_TEXT_LENGTH, MAX_TOKENS } from './limits.ts';
import type { Problem } from './problem.ts';
import { errorAt, warningAt } from './problems.ts';
import { reindented } from './reindented.ts';
import { describeSyntax, directiveProblems } from './syntaxProblems.ts';
import { TabWatch } from './tabWatch.ts';

export interface YamlSource {
  /** The first document; undefined when there is none, or a limit was passed. */
  readonly document?: Document.Parsed<ParsedNode>;
  readonly problems: readonly Problem[];
  /** Where the first document ends. */
  readonly end: number;
  /** Where an offset of the document is in the text, if they are not the same. */
  readonly place?: (offset: number) => number;
}

/** Past a limit; caught in this file. */
class LimitPassed extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads the first document of a stream; the others may be broken (spec 1.1). Limits are checked token by token, before
 * any tree is built (bad-inputs A4).
 */
export function readYaml(text: string): YamlSource {
  try {
    checkSize(text);
    const first = composeFirst(text);
    return (first.problems.some(isError) && readMoved(text)) || first;
  } catch (error) {
    if (!(error instanceof LimitPassed)) throw error;
    const range = { start: error.offset, end: Math.min(error.offset + 1, text.length) };
    return { problems: [errorAt('KITFILE_LIMIT', 'limit', error.message, range)], end: text.length };
  }
}

/** Once more with lines inside brackets and quotes moved to the right; undefined when that is no better. */
function readMoved(text: string): YamlSource | undefined {
  const moved = reindented(text);
  const read = moved && composeFirst(moved.text);
  if (!moved || !read || read.problems.some(isError)) return undefined;
  const { place } = moved;
  const problems = read.problems.map((problem) => ({
    ...problem,
    range: { start: place(problem.range.start), end: place(problem.range.end) },
  }));
  return { ...read, problems, end: place(read.end), place };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** What is shorter in UTF-16 units than a third of the limit cannot be longer in bytes. */
function checkSize(text: string): void {
  if (text.length * 3 > MAX_KITFILE_BYTES && Buffer.byteLength(text) > MAX_KITFILE_BYTES)
    throw new LimitPassed('A Kitfile can have at most 10 MiB.', 0);
  for (let start = 0; text.length - start > MAX_TEXT_LENGTH; ) {
    const end = text.lastIndexOf('\n', start + MAX_TEXT_LENGTH);
    if (end < start) throw new LimitPassed('A line of a Kitfile can have at most 4 MiB.', start);
    start = end + 1;
  }
}

function composeFirst(text: string): YamlSource {
  try {
    return composeBounded(text);
  } catch (error) {
    if (!(error instanceof TooManyMistakes)) throw error;
    return { problems: [...directiveProblems(text), ...describeSyntax(error.errors, text)], end: text.length };
  }
}

function composeBounded(text: string): YamlSource {
  const parser = new Parser();
  const composer = boundedComposer();
  const check = tokenLimits(parser);
  const feed = feeder(composer);
  const tabs = new TabWatch(parser);
  let several = false;
  // Kit takes a lone carriage return for the end of a line; the yaml package does not.
  for (const lexeme of new Lexer().lex(text.replace(/\r(?!\n)/g, '\n'))) {
    check(lexeme);
    tabs.see(lexeme);
    for (const token of parser.next(lexeme)) feed.token(token);
    several = feed.ended() && parser.stack[0]?.type === 'document';
    if (several || feed.isHopeless()) break;
  }
  if (!several) for (const token of parser.end()) feed.token(token);
  const end = several ? (parser.stack[0]?.offset ?? text.length) : text.length;
  const [document] = [...composer.end(false, end)];
  const syntax = document ? [...directiveProblems(text), ...describeSyntax(document.errors, text)] : [];
  const problems = tabs.problem ? [tabs.problem] : syntax;
  return { ...(document ? { document } : {}), problems: [...problems, ...(several ? [onlyFirst(end)] : [])], end };
}

function onlyFirst(end: number): Problem {
  const message = 'Only the first document of a Kitfile is used; what follows here is not.';
  return warningAt('DIALECT', 'several-documents', message, { start: end, end: end + 3 });
}

/** Hands tokens on until the first document is whole. */
function feeder(composer: Composer<ParsedNode>) {
  const isHundredth = mistakeCounter();
  let ended = false;
  let closed = false;
  let hopeless = false;
  return {
    ended: () => ended,
    /** There are so many mistakes that the rest does not matter. */
    isHopeless: () => hopeless,
    token(token: Parameters<Composer['next']>[0]) {
      hopeless ||= isHundredth(token);
      if (closed || (ended && token.type === 'document')) return;
      ended ||= token.type === 'document';
      closed = token.type === 'doc-end' && ended;
      // A document is yielded when the next one comes, which is never handed on.
      for (const _ of composer.next(token)) return;
    },
  };
}

/** U+001F announces an unquoted text; `*`, quotes and brackets. */
const VALUE_STARTS: readonly string[] = ['\u001f', '*', '"', "'", '[', '{'];

/** A scalar, an alias or a bracket makes a node each; more dashes than nodes mean empty ones. */
function tokenLimits(parser: Parser): (lexeme: string) => void {
  let tokens = 0;
  let nodes = 0;
  let dashes = 0;
  return (lexeme) => {
    tokens += 1;
    const first = lexeme.charAt(0);
    if (VALUE_STARTS.includes(first)) nodes += 1;
    else if (lexeme === '-' || lexeme === ',') dashes += 1;
    if (lexeme.length > MAX_TEXT_LENGTH)
      throw new LimitPassed('A text of a Kitfile can have at most 4 MiB.', parser.offset);
    if (nodes > MAX_NODES || dashes > MAX_NODES || tokens > MAX_TOKENS)
      throw new LimitPassed('A Kitfile can have at most 100,000 values.', parser.offset);
    if (parser.stack.length > MAX_DEPTH + 2)
      throw new LimitPassed('A Kitfile can be nested at most 256 levels deep.', parser.offset);
  };
}
