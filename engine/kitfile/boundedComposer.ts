import { Composer, type ErrorCode, type ParsedNode, YAMLParseError } from 'yaml';
import { isMistake } from './syntaxProblems.ts';

/** Only the first one is shown; the yaml package makes an Error of each, with a stack, and a small file can have 100,000. */
const MOST_MISTAKES = 100;

/** Stops the reading of a document that has no end of mistakes. */
export class TooManyMistakes extends Error {
  readonly errors: readonly YAMLParseError[];

  constructor(errors: readonly YAMLParseError[]) {
    super('The document has too many mistakes.');
    this.errors = errors;
  }
}

const OPTIONS = {
  schema: 'failsafe',
  version: '1.2',
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

type ErrorSource = number | readonly number[] | { readonly offset: number; readonly source?: string };
type OnError = (source: ErrorSource, code: ErrorCode, message: string, warning?: boolean) => void;

/**
 * A composer that throws TooManyMistakes at the hundredth. The yaml package has no option for that, but it hands each mistake
 * to this handler of its own.
 */
export function boundedComposer(): Composer<ParsedNode> {
  const composer = new Composer<ParsedNode>(OPTIONS);
  const original = Reflect.get(composer, 'onError') as OnError;
  const errors: YAMLParseError[] = [];
  const tooMany = new TooManyMistakes(errors);
  const onError: OnError = (source, code, message, warning) => {
    if (warning || !isMistake(code, message)) return;
    // The package catches what is thrown inside a collection, and reports it here again.
    if (errors.length >= MOST_MISTAKES) throw tooMany;
    errors.push(new YAMLParseError(placeOf(source), code, message));
    original(source, code, message);
  };
  Reflect.set(composer, 'onError', onError);
  return composer;
}

/** Counts the mistakes that the parser finds before anything is composed. @returns true at the hundredth */
export function mistakeCounter(): (token: { readonly type: string }) => boolean {
  let count = 0;
  return ({ type }) => {
    if (type === 'error') count += 1;
    return count >= MOST_MISTAKES;
  };
}

function placeOf(source: ErrorSource): [number, number] {
  if (typeof source === 'number') return [source, source + 1];
  if ('offset' in source) return [source.offset, source.offset + (source.source?.length ?? 1)];
  const [start = 0, end = start + 1] = source;
  return [start, end];
}
