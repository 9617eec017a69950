import { type CancellationToken, LSPErrorCodes, ResponseError, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/**
 * Makes request handlers for open documents. An answer that was overtaken by a change or a cancellation is not sent
 * (bad-inputs G4); a handler that throws is answered with the protocol's error.
 */
export function answering(documents: TextDocuments<TextDocument>) {
  return <P extends AboutDocument, R>(feature: (document: TextDocument, params: P) => Promise<R>, nothing: R) =>
    async (params: P, token: CancellationToken): Promise<R> => {
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return nothing;
      const { version } = document;
      const answer = await untilCancelled(feature(document, params), token);
      if (document.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'The document changed.');
      return answer;
    };
}

/** A cancelled request is answered at once; what it waited for may end when it likes. */
function untilCancelled<R>(answer: Promise<R>, token: CancellationToken): Promise<R> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.'));
    if (token.isCancellationRequested) cancel();
    const listener = token.onCancellationRequested(cancel);
    answer.then(resolve, reject).finally(() => listener.dispose());
  });
}
