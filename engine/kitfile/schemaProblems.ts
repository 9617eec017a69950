import { presentItems } from './dialect/moving.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { type KitNode, keyText, type ListNode, type MapNode, pairOf, valueAt } from './nodes.ts';
import { plainOf } from './plainOf.ts';
import type { Problem, TextRange } from './problem.ts';
import { errorAt, quoted } from './problems.ts';
import type { KitfileRule } from './rule.ts';
import { schemaAt } from './schemaAt.ts';
import { validate } from './schemaValidator.generated.ts';
import { closest } from './suggestion.ts';

/** What the generated validator says of one mistake. */
interface Finding {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly additionalProperty?: string; readonly missingProperty?: string; readonly type?: string };
}

const check = validate as { (data: unknown): boolean; errors?: readonly Finding[] | null };

const NAMES: Readonly<Record<string, string>> = {
  string: 'one text',
  array: 'a list: each entry in a line of its own that starts with a dash',
  object: 'a map: lines of the form "name: value"',
};
const SEEN: Readonly<Record<KitNode['kind'], string>> = { scalar: 'a text', list: 'a list', map: 'a map' };

/** What was part of the format before kit 0.3 (spec 1.2), and what kit writes itself. */
const SPECIAL: Readonly<Record<string, string>> = {
  digest: 'kit writes it into the ModelKit by itself.',
  diffId: 'kit writes it into the ModelKit by itself.',
  preprocessing: 'It was removed in kit 0.3. Describe it in the parameters of the data set.',
  training: 'It was removed in kit 0.3. Put it into model.parameters.',
  validation: 'It was removed in kit 0.3. Put it into model.parameters.',
};

/** Fields and types of a document in standard form, each mistake once (spec 1.2, 1.3). */
export function schemaProblems(root: KitNode): readonly Problem[] {
  if (check(plainOf(root))) return [];
  const itemsOf = rememberedItems();
  const findings = (check.errors ?? []).slice(0, MAX_PROBLEMS);
  const problems = findings.flatMap((finding) => describe(finding, root, itemsOf));
  // An alias brings the same mistake to several places.
  const unique = new Map(problems.map((problem) => [identity(problem), problem]));
  return [...unique.values()];
}

function identity({ rule, range, data }: Problem): string {
  return `${rule} ${range.start} ${data?.key ?? ''}`;
}

type ItemsOf = (list: ListNode) => readonly KitNode[];

/** A list is asked for its items once for each of its mistakes. */
function rememberedItems(): ItemsOf {
  const known = new Map<ListNode, readonly KitNode[]>();
  return (list) => {
    const items = known.get(list) ?? presentItems(list);
    known.set(list, items);
    return items;
  };
}

function describe({ instancePath, keyword, params }: Finding, root: KitNode, itemsOf: ItemsOf): readonly Problem[] {
  const path = segments(instancePath);
  const node = nodeAt(root, path, itemsOf);
  if (!node) return [];
  if (keyword === 'additionalProperties') return [unknownKey(node, path, params.additionalProperty ?? '')];
  if (keyword === 'required') return [missingKey(node, path, params.missingProperty ?? '')];
  return [wrongType(node, path, params.type ?? '')];
}

function segments(pointer: string): readonly string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nodeAt(root: KitNode, path: readonly string[], itemsOf: ItemsOf): KitNode | undefined {
  return path.reduce<KitNode | undefined>((node, part) => {
    if (node?.kind === 'list') return itemsOf(node)[Number(part)];
    return node?.kind === 'map' ? valueAt(node, part) : undefined;
  }, root);
}

function unknownKey(node: KitNode, path: readonly string[], key: string): Problem {
  const range = keyRange(node, key);
  const suggestion = closest(key, freeKeys(node, path));
  const special = SPECIAL[key];
  const hint = suggestion && !special ? ` Did you mean ${quoted(suggestion)}?` : ` ${special ?? advice(path)}`;
  const message = `${quoted(key)} is not a field of ${placeName(path)}.${hint}`;
  const data = { key, ...(suggestion && !special ? { suggestion } : {}) };
  return schemaError('unknown-key', message, range, data);
}

function keyRange(node: KitNode, key: string): TextRange {
  if (node.kind !== 'map') return node.range;
  const pair = pairOf(node, key) ?? node.pairs.find(({ key: other }) => other.kind !== 'scalar');
  return (pair?.key ?? node).range;
}

function advice(path: readonly string[]): string {
  const keys = Object.keys(schemaAt(path)?.properties ?? {});
  return keys.length === 0 ? 'Remove it.' : `Possible are: ${keys.join(', ')}.`;
}

function freeKeys(node: KitNode, path: readonly string[]): readonly string[] {
  const taken = node.kind === 'map' ? node.pairs.map(keyText) : [];
  return Object.keys(schemaAt(path)?.properties ?? {}).filter((key) => !taken.includes(key));
}

function missingKey(node: KitNode, path: readonly string[], key: string): Problem {
  const range = startOf(node);
  return schemaError('missing-key', `${capital(placeName(path))} needs the field ${quoted(key)}.`, range, { key });
}

/** A mark over a whole entry hides its other marks: the first key stands for it. */
function startOf(node: KitNode): TextRange {
  const first = (node as Partial<MapNode>).pairs?.[0];
  return first ? first.key.range : node.range;
}

function wrongType(node: KitNode, path: readonly string[], type: string): Problem {
  const message = `${capital(placeName(path))} must be ${NAMES[type] ?? type}, and this is ${SEEN[node.kind]}.`;
  return schemaError('wrong-type', message, node.range, { expected: type });
}

/** Such as `"name" of model`, `entry 2 of datasets`, `the Kitfile`. */
function placeName(path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'the Kitfile';
  if (/^\d+$/.test(last)) return `entry ${Number(last) + 1} of ${path.slice(0, -1).filter(isName).join('.')}`;
  const parent = path.slice(0, -1).filter(isName).join('.');
  return parent === '' ? quoted(last) : `${quoted(last)} of ${parent}`;
}

function isName(part: string): boolean {
  return !/^\d+$/.test(part);
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function schemaError(
  rule: KitfileRule,
  message: string,
  range: TextRange,
  data: Readonly<Record<string, string>>,
): Problem {
  return errorAt('KITFILE_SCHEMA', rule, message, range, { data });
}
