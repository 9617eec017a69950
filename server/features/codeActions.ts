import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isBig, treeOf } from '../kitfileDocument.ts';
import type { Scalar } from '../yaml/nodes.ts';
import { writeScalar } from '../yaml/scalarText.ts';
import { placeAt } from './place.ts';

const change = (suggestion: string) => `Change to "${suggestion}"`;
const ADD_VERSION = 'Add "manifestVersion: 1.0.0"';

/** Quick fixes of these diagnostics: what was probably meant, in the style of what stands there. */
export function codeActions(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  if (isBig(document)) return [];
  return diagnostics.map((diagnostic) => fix(document, diagnostic)).filter((action) => action !== undefined);
}

function fix(document: TextDocument, diagnostic: Diagnostic): CodeAction | undefined {
  if (diagnostic.code === 'manifest-version-missing') return addVersion(document, diagnostic);
  const suggestion: unknown = diagnostic.data?.suggestion;
  const scalar = typeof suggestion === 'string' ? scalarIn(document, diagnostic) : undefined;
  return typeof suggestion === 'string' && scalar ? replace(document, diagnostic, scalar, suggestion) : undefined;
}

/** A new first line; there is none for a Kitfile in brackets. */
function addVersion(document: TextDocument, diagnostic: Diagnostic): CodeAction | undefined {
  const { root, text } = treeOf(document);
  if (root?.kind !== 'mapping' || root.flow || root.column > 0) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const start = document.positionAt(root.start);
  return action(document, diagnostic, ADD_VERSION, {
    range: { start, end: start },
    newText: `manifestVersion: 1.0.0${newline}`,
  });
}

/** The key or value that the diagnostic is about. */
function scalarIn(document: TextDocument, { range }: Diagnostic): Scalar | undefined {
  const place = placeAt(treeOf(document), document.offsetAt(range.start));
  return place !== undefined && place.span.start < document.offsetAt(range.end) ? place.scalar : undefined;
}

function replace(
  document: TextDocument,
  diagnostic: Diagnostic,
  { content, style }: Scalar,
  suggestion: string,
): CodeAction {
  // Quoted as in brackets: right everywhere.
  const { before, text, after } = writeScalar(suggestion, style, true);
  const range = { start: document.positionAt(content.start), end: document.positionAt(content.end) };
  return action(document, diagnostic, change(suggestion), { range, newText: `${before}${text}${after}` });
}

function action(document: TextDocument, diagnostic: Diagnostic, title: string, edit: TextEdit): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    edit: { changes: { [document.uri]: [edit] } },
  };
}
