import { type CancellationToken, LSPErrorCodes, ResponseError, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FeatureContext } from './context.ts';
import type { Lifecycle } from './lifecycle.ts';

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** What is asked of the server's life: its context, while there is one. */
interface LiveContext {
  readonly server: Pick<Lifecycle['server'], 'contextOf'>;
}

type OpenDocuments = Pick<TextDocuments<TextDocument>, 'get'>;

/** What a request is about. */
export interface Asked {
  readonly document: TextDocument;
  readonly context: FeatureContext;
}

/**
 * Makes request handlers for open documents. An answer that was overtaken by a change or a cancellation is not sent
 * (bad-inputs G4); a handler that throws is answered with the protocol's error.
 */
export function answering(documents: OpenDocuments, life: LiveContext) {
  return <P extends AboutDocument, R>(feature: (asked: Asked, params: P) => Promise<R | undefined>) =>
    async (params: P, token: CancellationToken): Promise<R | null> => {
      const { server } = life;
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return null;
      const { version } = document;
      const asked = { document, context: server.contextOf(document) };
      const answer = await untilCancelled(feature(asked, params), token);
      if (document.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'The document changed.');
      return answer ?? null;
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
