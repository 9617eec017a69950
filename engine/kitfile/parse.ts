import type { Findings } from './dialect/findings.ts';
import { fromDialect } from './dialect/fromDialect.ts';
import { isNullNode } from './dialect/moving.ts';
import { layerEntries } from './entries.ts';
import { MAX_KITFILE_BYTES, MAX_PROBLEMS } from './limits.ts';
import type { DialectNote, Kitfile, KitfileEntry } from './model.ts';
import { type KitNode, mapNode } from './nodes.ts';
import type { Problem, TextRange } from './problem.ts';
import { errorAt, syntaxError } from './problems.ts';
import { readNodes } from './readNodes.ts';
import { pathRangeOf, ruleProblems } from './rules/rules.ts';
import { schemaProblems } from './schemaProblems.ts';
import { decodeText } from './text.ts';
import { type BuiltKitfile, entryKey, toKitfile } from './toKitfile.ts';
import { readYaml } from './yamlSource.ts';

export interface ParseOptions {
  /** What only kit refuses (the dialect, spec 10) is an error instead of a warning. */
  readonly strict?: boolean;
}

/** An entry with its place in the text. */
export interface LocatedEntry extends KitfileEntry {
  /** The whole entry. */
  readonly range: TextRange;
  /** The value of `path`; the whole entry where it has none. */
  readonly pathRange: TextRange;
  readonly note?: DialectNote;
}

export interface ParsedKitfile {
  /** The decoded text, to which all ranges refer; without the byte order mark of a file. */
  readonly text: string;
  /** In standard form, whatever dialect it was written in; undefined when it cannot be read at all. */
  readonly kitfile: Kitfile | undefined;
  /** All findings about the text alone: syntax, schema, rules, dialect. What the disk says is for `checkKitfile`. */
  readonly problems: readonly Problem[];
  /** The layers, in their order. */
  readonly entries: readonly LocatedEntry[];
  /** Annotations of the manifest for what the standard format cannot hold (spec 10.1). */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads a Kitfile in the standard format or the guide's dialect (spec 1, 10). Never throws for a bad document. */
export function parseKitfile(source: Uint8Array | string, options: ParseOptions = {}): ParsedKitfile {
  if (typeof source !== 'string' && source.byteLength > MAX_KITFILE_BYTES) return unreadable('', [tooLarge()]);
  const { text, problem } = decodeText(source);
  const { document, problems, end, place } = readYaml(text);
  // What comes after the first document may be broken.
  const syntax = [...(problem && problem.range.start < end ? [problem] : []), ...problems];
  if (!document) return unreadable(text, syntax.length > 0 ? syntax : [empty(text)]);
  if (syntax.some(isError)) return unreadable(text, syntax);
  const { root, problems: structure } = readNodes(document, text, place);
  const all = [...syntax, ...structure];
  if (!root || all.some(isError)) return unreadable(text, all);
  return readable(text, root, all, options);
}

function readable(text: string, root: KitNode, problems: readonly Problem[], { strict = false }: ParseOptions) {
  if (root.kind !== 'map' && !isNullNode(root)) return unreadable(text, [...problems, ...schemaProblems(root)]);
  const map = root.kind === 'map' ? root : mapNode([], root.range);
  const { root: standard, findings } = fromDialect(map, strict);
  const built = toKitfile(standard);
  const entries = locatedEntries(built, findings.notes);
  const found = [
    ...problems,
    ...findings.problems,
    ...schemaProblems(standard),
    ...built.problems,
    ...ruleProblems(built.kitfile, built.places, standard),
  ];
  return { text, kitfile: built.kitfile, problems: inOrder(found), entries, annotations: findings.annotations };
}

function unreadable(text: string, problems: readonly Problem[]): ParsedKitfile {
  return { text, kitfile: undefined, problems: inOrder(problems), entries: [], annotations: {} };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function isHint(problem: Problem): boolean {
  return !isError(problem);
}

/** Errors are never the ones left out: they decide whether the Kitfile can be packed. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const all = problems.length > MAX_PROBLEMS ? [...problems.filter(isError), ...problems.filter(isHint)] : problems;
  return all.slice(0, MAX_PROBLEMS).sort((one, other) => one.range.start - other.range.start);
}

function tooLarge(): Problem {
  return errorAt('KITFILE_LIMIT', 'limit', 'A Kitfile can have at most 10 MiB.', { start: 0, end: 0 });
}

function empty(text: string): Problem {
  const message = 'The Kitfile is empty. Start with "manifestVersion: 1.0.0".';
  return syntaxError('empty', message, { start: 0, end: text.search(/[\r\n]|$/) });
}

function locatedEntries({ kitfile, places }: BuiltKitfile, notes: Findings['notes']): readonly LocatedEntry[] {
  return layerEntries(kitfile).flatMap((entry) => {
    const place = places.get(entryKey(entry));
    if (!place) return [];
    const note = notes.get(place);
    const pathRange = pathRangeOf(place);
    return [{ ...entry, range: place.range, pathRange, ...(note ? { note } : {}) }];
  });
}
