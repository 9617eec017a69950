import kitfile from '#schemas/kitfile' with { type: 'json' };
import type { YamlPath } from './yaml/nodes.ts';

/** What the schema of the Kitfile says about one place; all texts of completion and hover come from it. */
export interface SchemaNode {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  /** A list of values that is kept elsewhere: `spdx`. */
  readonly 'x-values'?: string;
  /** The kind of layer that the path becomes. */
  readonly 'x-path'?: string;
  /** May be a reference to another ModelKit. */
  readonly 'x-reference'?: boolean;
}

/** More examples than this are a choice of usual values, fewer only show what a value looks like. */
const MOST_MERE_EXAMPLES = 3;

const ROOT: SchemaNode = kitfile;
const DIALECT: ReadonlyMap<string, string> = new Map(Object.entries(kitfile['x-dialect']));

/** The schema of the path; undefined for what it does not know. The guide's `model` list counts as the model (spec 10.1). */
export function schemaAt(path: YamlPath): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>((node, step) => {
    if (typeof step === 'string') return property(node, step);
    return node?.items ?? (node?.type === 'object' ? node : undefined);
  }, ROOT);
}

export function propertiesOf(node: SchemaNode | undefined): readonly (readonly [string, SchemaNode])[] {
  return Object.entries(node?.properties ?? {});
}

/** The usual values of a field, where the schema lists them. */
export function choicesOf(node: SchemaNode): readonly string[] {
  const examples = (node.examples ?? []).filter((one) => typeof one === 'string');
  if (node.default !== undefined) return [...new Set([node.default, ...examples])];
  return examples.length > MOST_MERE_EXAMPLES ? examples : [];
}

/** What the schema says of a key of the guide's dialect. */
export function dialectText(path: YamlPath): string | undefined {
  return DIALECT.get(path.filter((step) => typeof step === 'string').join('.'));
}

function property(node: SchemaNode | undefined, name: string): SchemaNode | undefined {
  return node?.properties !== undefined && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
}
