import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isBig, treeOf } from '../kitfileDocument.ts';
import type { Scalar } from '../yaml/nodes.ts';
import { writeScalar } from '../yaml/scalarText.ts';
import { placeAt } from './place.ts';

const title = (suggestion: string) => `Change to "${suggestion}"`;

/** Quick fixes of these diagnostics: what was probably meant, in the style of what stands there. */
export function codeActions(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  if (isBig(document)) return [];
  return diagnostics.flatMap((diagnostic) => {
    const suggestion: unknown = diagnostic.data?.suggestion;
    const scalar = typeof suggestion === 'string' ? scalarIn(document, diagnostic) : undefined;
    return typeof suggestion === 'string' && scalar ? [replacement(document, diagnostic, scalar, suggestion)] : [];
  });
}

/** The key or value that the diagnostic is about. */
function scalarIn(document: TextDocument, { range }: Diagnostic): Scalar | undefined {
  const place = placeAt(treeOf(document), document.offsetAt(range.start));
  return place !== undefined && place.span.start < document.offsetAt(range.end) ? place.scalar : undefined;
}

function replacement(
  document: TextDocument,
  diagnostic: Diagnostic,
  { content, style }: Scalar,
  suggestion: string,
): CodeAction {
  // Quoted as in brackets: right everywhere.
  const { before, text, after } = writeScalar(suggestion, style, true);
  const range = { start: document.positionAt(content.start), end: document.positionAt(content.end) };
  return {
    title: title(suggestion),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    edit: { changes: { [document.uri]: [{ range, newText: `${before}${text}${after}` }] } },
  };
}
