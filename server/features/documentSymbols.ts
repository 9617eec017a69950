import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isBig, treeOf } from '../kitfileDocument.ts';
import { textOf } from '../yaml/chain.ts';
import type { Entry, Mapping, Scalar, Span, YamlNode } from '../yaml/nodes.ts';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  package: SymbolKind.Package,
  model: SymbolKind.Class,
  parts: SymbolKind.Class,
  code: SymbolKind.Module,
  datasets: SymbolKind.Array,
  docs: SymbolKind.File,
  prompts: SymbolKind.String,
  mcpServers: SymbolKind.Interface,
};

const LONGEST = 80;
/** An editor shows an outline, not a document: what is nested deeper belongs to free-form parameters. */
const MAX_DEPTH = 12;

/** Nobody looks for anything in a longer outline, and an editor would stall over it. */
const MOST_SYMBOLS = 5000;

/** The outline: sections, entries by their name or path, and fields with their values. */
export function documentSymbols(document: TextDocument): DocumentSymbol[] {
  if (isBig(document)) return [];
  const { root, text } = treeOf(document);
  return root === undefined
    ? []
    : children({ document, text, kind: SymbolKind.Field, depth: 0, budget: { left: MOST_SYMBOLS } }, root);
}

interface Level {
  readonly document: TextDocument;
  readonly text: string;
  /** What the items of a list on this level are. */
  readonly kind: SymbolKind;
  readonly depth: number;
  /** How many more symbols the outline may have; all levels share it. */
  readonly budget: { left: number };
}

function children(level: Level, node: YamlNode): DocumentSymbol[] {
  if (node.kind === 'scalar' || level.depth > MAX_DEPTH) return [];
  if (node.kind === 'mapping') return affordable(level, node.entries).map((entry) => entrySymbol(level, entry));
  return affordable(level, node.items).map((item, index) => {
    const name = itemName(item.value, level.text) ?? `${index + 1}`;
    return symbol(level, { name, kind: level.kind, span: item, selected: item, value: item.value });
  });
}

/** What the budget allows of these. */
function affordable<T>({ budget }: Level, parts: readonly T[]): readonly T[] {
  const taken = parts.slice(0, budget.left);
  budget.left -= taken.length;
  return taken;
}

function entrySymbol(level: Level, entry: Entry): DocumentSymbol {
  const { text, depth } = level;
  const { key, value } = entry;
  const name = textOf(text, key.content);
  const kind = (depth < 2 && Object.hasOwn(KINDS, name) && KINDS[name]) || SymbolKind.Field;
  const detail = value?.kind === 'scalar' ? firstLine(text, value) : itemNameOfMap(value, text);
  return symbol(level, { name: name || '?', detail, kind, span: entry, selected: key, value });
}

interface Part {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly selected: Span;
  readonly value: YamlNode | undefined;
}

function symbol(level: Level, { name, detail, kind, span, selected, value }: Part): DocumentSymbol {
  const rangeOf = ({ start, end }: Span) => ({
    start: level.document.positionAt(start),
    end: level.document.positionAt(end),
  });
  return {
    name,
    ...(detail === undefined ? {} : { detail }),
    kind,
    range: rangeOf(span),
    selectionRange: rangeOf(selected),
    children: value === undefined ? [] : children({ ...level, kind, depth: level.depth + 1 }, value),
  };
}

function itemName(value: YamlNode | undefined, text: string): string | undefined {
  if (value?.kind === 'scalar') return firstLine(text, value) || undefined;
  return itemNameOfMap(value, text);
}

/** An entry is known by its name, else by its path. */
function itemNameOfMap(value: YamlNode | undefined, text: string): string | undefined {
  if (value?.kind !== 'mapping') return undefined;
  return fieldText(value, 'name', text) ?? fieldText(value, 'path', text);
}

function fieldText({ entries }: Mapping, name: string, text: string): string | undefined {
  const value = entries.find(({ key }) => textOf(text, key.content) === name)?.value;
  return value?.kind === 'scalar' ? firstLine(text, value) || undefined : undefined;
}

function firstLine(text: string, { content }: Scalar): string {
  const [line = ''] = textOf(text, content).split('\n', 1);
  return line.slice(0, LONGEST).trim();
}
