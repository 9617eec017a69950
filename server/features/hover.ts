import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isModelReference } from '#engine';
import type { FeatureContext } from '../context.ts';
import { insideFolder } from '../disk/folders.ts';
import { isBig, treeOf } from '../kitfileDocument.ts';
import { licenses } from '../licenses.ts';
import { dialectText, type SchemaNode } from '../schema.ts';
import { scalarText } from '../yaml/scalarText.ts';
import { type Place, placeAt } from './place.ts';
import { schemaText, typeText } from './schemaText.ts';
import { sizeText } from './sizeText.ts';

const REFERENCE = 'Another ModelKit, whose model is used.';
const FOLDER = 'Folder';
const FILE = 'File';

/** What the schema says of the key, and what is known of the value. */
export async function hover(
  document: TextDocument,
  position: Position,
  context: FeatureContext,
): Promise<Hover | undefined> {
  if (isBig(document)) return undefined;
  const tree = treeOf(document);
  const place = placeAt(tree, document.offsetAt(position));
  const markdown = place && (await markdownOf(place, tree.text, context));
  if (!place || !markdown) return undefined;
  const range = { start: document.positionAt(place.span.start), end: document.positionAt(place.span.end) };
  return { contents: { kind: 'markdown', value: markdown }, range };
}

async function markdownOf(place: Place, text: string, context: FeatureContext): Promise<string | undefined> {
  const { schema, path } = place;
  if (schema === undefined) return place.kind === 'key' ? dialectText(path) : undefined;
  const fact = place.kind === 'value' ? await valueFact(place, schema, text, context) : undefined;
  const title = `**${schema.title ?? String(path.at(-1))}** (${typeText(schema)})`;
  return [fact, title, schemaText(schema)].filter((part) => part !== undefined).join('\n\n');
}

async function valueFact(
  { scalar }: Place,
  schema: SchemaNode,
  text: string,
  context: FeatureContext,
): Promise<string | undefined> {
  const value = scalarText(text, scalar);
  if (schema['x-values'] === 'spdx') return licenseFact(value);
  if (schema['x-path'] === undefined) return undefined;
  return schema['x-reference'] && isModelReference(value) ? REFERENCE : pathFact(value, context);
}

async function licenseFact(id: string): Promise<string | undefined> {
  const license = (await licenses()).get(id);
  return license && `${license.name} ([SPDX](https://spdx.org/licenses/${license.id}.html))`;
}

async function pathFact(path: string, { folder, folders }: FeatureContext): Promise<string | undefined> {
  const absolute = folder === undefined ? undefined : insideFolder(folder, path);
  const facts = absolute === undefined ? undefined : await folders.facts(absolute);
  if (facts === undefined || facts.kind === 'other') return undefined;
  return facts.kind === 'folder' ? FOLDER : `${FILE}, ${sizeText(facts.bytes)}`;
}
