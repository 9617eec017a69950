import type { DocumentLink } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { FeatureContext } from '../context.ts';
import { insideFolder } from '../disk/folders.ts';
import { isBig, treeOf } from '../kitfileDocument.ts';
import { schemaAt } from '../schema.ts';
import { textOf } from '../yaml/chain.ts';
import type { Scalar, YamlNode, YamlPath } from '../yaml/nodes.ts';
import { scalarText } from '../yaml/scalarText.ts';

/** Each takes a look at the disk. */
const MOST_LINKS = 1000;

/** Paths of files that exist lead to them. */
export async function documentLinks(document: TextDocument, context: FeatureContext): Promise<DocumentLink[]> {
  const { folder } = context;
  if (folder === undefined || isBig(document)) return [];
  const { root, text } = treeOf(document);
  const links = pathScalars(root, [], text)
    .slice(0, MOST_LINKS)
    .map((scalar) => linkOf(scalar, text, document, folder, context));
  return (await Promise.all(links)).filter((link) => link !== undefined);
}

async function linkOf(
  scalar: Scalar,
  text: string,
  document: TextDocument,
  folder: string,
  { folders }: FeatureContext,
): Promise<DocumentLink | undefined> {
  const absolute = insideFolder(folder, scalarText(text, scalar));
  const facts = absolute === undefined ? undefined : await folders.facts(absolute);
  if (absolute === undefined || facts?.kind !== 'file') return undefined;
  const range = { start: document.positionAt(scalar.content.start), end: document.positionAt(scalar.content.end) };
  return { range, target: URI.file(absolute).toString() };
}

/** The scalars of all fields that the schema calls a path; nothing of those lies deeper than five steps. */
function pathScalars(node: YamlNode | undefined, path: YamlPath, text: string): readonly Scalar[] {
  if (node === undefined || path.length > 5) return [];
  if (node.kind === 'scalar') return schemaAt(path)?.['x-path'] === undefined || node.style === 'block' ? [] : [node];
  if (node.kind === 'sequence') return node.items.flatMap(({ value }, at) => pathScalars(value, [...path, at], text));
  return node.entries.flatMap(({ key, value }) => pathScalars(value, [...path, textOf(text, key.content)], text));
}
