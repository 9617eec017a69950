import { choicesOf, type SchemaNode } from '../schema.ts';

/** The schema's text of a key as markdown: description, examples or usual values. */
export function schemaText(schema: SchemaNode): string | undefined {
  const parts = [schema.description, examplesText(schema)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

export function typeText({ type, items }: SchemaNode): string {
  if (type === 'array') return items?.type === 'object' ? 'list of maps' : 'list of texts';
  if (type === 'object') return 'map';
  return type === 'string' ? 'text' : 'any YAML';
}

function examplesText(schema: SchemaNode): string | undefined {
  const choices = choicesOf(schema);
  if (choices.length > 1) return `Usual values: ${choices.map(code).join(', ')}. Any other text is accepted too.`;
  const examples = (schema.examples ?? []).map((example) =>
    code(typeof example === 'string' ? example : JSON.stringify(example)),
  );
  if (examples.length === 0) return undefined;
  return `${examples.length === 1 ? 'Example' : 'Examples'}: ${examples.join(', ')}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
