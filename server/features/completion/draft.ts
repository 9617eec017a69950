import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Abilities } from '../../context.ts';
import type { Span } from '../../yaml/nodes.ts';
import { plainText } from './snippet.ts';

/** A completion item before it is put into the client's terms. */
export interface Draft {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  readonly documentation?: string;
  /** In snippet syntax; lines are indented from the line's beginning. */
  readonly snippet: string;
  readonly span: Span;
  /** What the typed text is compared with; the label where it is missing. */
  readonly filter?: string;
  readonly sort: string;
  /** The column that the line has to be moved to. */
  readonly moveTo?: number;
  /** What is inserted asks for the next choice. */
  readonly asksOn?: boolean;
  readonly data?: unknown;
}

export function toItem(draft: Draft, document: TextDocument, abilities: Abilities): CompletionItem {
  const { label, kind, detail, documentation, span, filter, sort, asksOn, data } = draft;
  const moves = moveEdits(draft, document);
  const written = abilities.snippets ? draft.snippet : plainText(draft.snippet);
  const indented = abilities.keepsIndentation ? written : relativeTo(lineIndent(document, span), written);
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: 'markdown', value: documentation } }),
    sortText: sort,
    filterText: filter ?? label,
    insertTextFormat: abilities.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(abilities.keepsIndentation ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: {
      range: { start: document.positionAt(span.start), end: document.positionAt(span.end) },
      newText: indented,
    },
    ...(moves.length === 0 ? {} : { additionalTextEdits: moves }),
    ...(asksOn && abilities.suggestsAgain ? { command: { title: '', command: 'editor.action.triggerSuggest' } } : {}),
    ...(data === undefined ? {} : { data }),
  };
}

/** Writes the line's indentation anew when the item belongs to another column, or was indented with a tab. */
function moveEdits({ moveTo, span }: Draft, document: TextDocument): TextEdit[] {
  if (moveTo === undefined) return [];
  const end = document.positionAt(span.start);
  const range = { start: { line: end.line, character: 0 }, end };
  const newText = ' '.repeat(moveTo);
  return document.getText(range) === newText ? [] : [{ range, newText }];
}

function lineIndent(document: TextDocument, span: Span): number {
  const { line } = document.positionAt(span.start);
  const before = document.getText({ start: { line, character: 0 }, end: document.positionAt(span.start) });
  return before.length - before.trimStart().length;
}

/** A client that indents further lines like the first one gets them without that part. */
function relativeTo(indent: number, text: string): string {
  return text.replace(/\n( *)/g, (_all, spaces: string) => `\n${spaces.slice(indent)}`);
}
