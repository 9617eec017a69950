import type { Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

export interface Cursor {
  readonly document: TextDocument;
  readonly position: Position;
}

/** A document from a text in which `|` is the cursor: the last one, where a text needs others. */
export function cursorIn(marked: string, uri = 'untitled:Kitfile'): Cursor {
  const offset = marked.lastIndexOf('|');
  if (offset === -1) throw new Error('The text has no cursor.');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const document = documentOf(text, uri);
  return { document, position: document.positionAt(offset) };
}

export function documentOf(text: string, uri = 'untitled:Kitfile'): TextDocument {
  return TextDocument.create(uri, 'kitfile', 1, text);
}
