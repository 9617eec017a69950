import picomatch from 'picomatch';
import { EngineError } from '../errors.ts';
import type { DialectNote, KitfileEntry } from '../kitfile/model.ts';
import type { LayerKind } from '../oci/mediaTypes.ts';

/** What `--filter` can name: kit's types, and the guide's `configs` (spec 6.2, 10.2). */
const FILTER_TYPES = ['kitfile', 'model', 'datasets', 'code', 'docs', 'prompts', 'mcpservers', 'configs'] as const;
export type FilterType = (typeof FILTER_TYPES)[number];

const TYPE_LIST = FILTER_TYPES.map((type) => `'${type}'`).join(', ');

/** One filter: entries of these types, with one of these names or paths, and of them these files. */
export interface Filter {
  readonly types: ReadonlySet<FilterType>;
  readonly values?: readonly string[];
  readonly files?: (path: string) => boolean;
}

/** What of an entry is wanted: all of it, or the files that `include` lets through. */
export interface Selection {
  readonly include?: (path: string) => boolean;
}

/** Where there is no filter everything is wanted; of a parent its model is (spec 6.6). */
export const MODEL_ONLY: readonly Filter[] = [{ types: new Set(['model']) }];

const TYPE_OF: Readonly<Record<LayerKind, FilterType>> = {
  model: 'model',
  modelpart: 'model',
  code: 'code',
  dataset: 'datasets',
  docs: 'docs',
  prompt: 'prompts',
  mcpb: 'mcpservers',
};

/**
 * Reads `type[,type][:value[,value]]` in kit's grammar, or the guide's list of file patterns such as `*.py,*.yaml`: a text
 * with a pattern and without any known type is one (spec 6.2, 10.2).
 * @throws EngineError INPUT_INVALID in kit's words
 */
export function parseFilter(text: string): Filter {
  const [types = '', values, ...more] = text.split(':');
  const names = types.split(',');
  if (/[*?[{]/.test(text) && !names.some(isFilterType)) return fileFilter(text);
  if (more.length > 0) throw invalid('filter: should be in format <type1>,<type2>[:<filter1>,<filter2>]');
  const wrong = names.find((name) => !isFilterType(name));
  if (wrong !== undefined) throw invalid(`filter type ${wrong} (must be one of ${TYPE_LIST})`);
  return { types: new Set(names.filter(isFilterType)), ...(values === undefined ? {} : { values: values.split(',') }) };
}

function isFilterType(text: string): text is FilterType {
  return FILTER_TYPES.some((type) => type === text);
}

function fileFilter(text: string): Filter {
  const patterns = text
    .split(/,(?![^{]*\})/)
    .map((pattern) => pattern.trim().replace(/^\.\//, ''))
    .filter((pattern) => pattern !== '');
  const matches = picomatch(patterns, { dot: true });
  return { types: new Set(FILTER_TYPES), files: (path) => matches(path) || matches(path.replace(/^.*\//, '')) };
}

function invalid(why: string): EngineError {
  return new EngineError('INPUT_INVALID', `invalid ${why}`, {
    advice: 'Write it like `model,datasets`, `datasets:train` or, for files, `*.py,*.yaml`.',
  });
}

/**
 * What the filters want of an entry; undefined when nothing.
 * @param note what the entry was called in the guide's dialect
 */
export function selectEntry(entry: KitfileEntry, note: DialectNote, filters: readonly Filter[]): Selection | undefined {
  if (filters.length === 0) return {};
  const types = typesOf(entry, note);
  const names = namesOf(entry, note);
  const wanted = filters.filter(
    (filter) =>
      types.some((type) => filter.types.has(type)) && (filter.values?.some((value) => names.includes(value)) ?? true),
  );
  if (wanted.length === 0) return undefined;
  const files = wanted.map((filter) => filter.files);
  const patterns = files.filter((matches) => matches !== undefined);
  if (patterns.length < files.length) return {};
  return { include: (path) => patterns.some((matches) => matches(path)) };
}

function typesOf({ kind }: KitfileEntry, { section }: DialectNote): readonly FilterType[] {
  return section === 'config' ? [TYPE_OF[kind], 'configs'] : [TYPE_OF[kind]];
}

/** Code and docs have no name in the standard format; a missing name elsewhere is the empty one, as in kit. */
function namesOf({ kind, name = '', path }: KitfileEntry, note: DialectNote): readonly string[] {
  const own = kind === 'code' || kind === 'docs' ? [path] : [name, path];
  return note.name === undefined ? own : [...own, note.name];
}

/** True when the Kitfile is wanted: without filters, by `kitfile`, or by a pattern that fits its name (spec 6.2). */
export function wantsKitfile(filters: readonly Filter[]): boolean {
  return (
    filters.length === 0 || filters.some(({ types, files }) => types.has('kitfile') && (files?.('Kitfile') ?? true))
  );
}

/** The filters for a parent: of each only `model` is left, with its values; undefined when none is left (spec 6.6). */
export function parentFilters(filters: readonly Filter[]): readonly Filter[] | undefined {
  if (filters.length === 0) return MODEL_ONLY;
  const left = filters
    .filter(({ types }) => types.has('model'))
    .map((filter): Filter => ({ ...filter, types: new Set(['model']) }));
  return left.length > 0 ? left : undefined;
}
