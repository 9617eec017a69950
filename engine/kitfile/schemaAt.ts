import schema from '#schemas/kitfile' with { type: 'json' };

/** A node of schemas/kitfile.json. */
export interface SchemaNode {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** What the schema says of the value at this path, whose numbers are places in lists. */
export function schemaAt(path: readonly string[]): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>(
    (node, part) => node?.items ?? node?.properties?.[part],
    schema as SchemaNode,
  );
}
