import {
  CodeActionKind,
  type CompletionItem,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { RECHECK } from '#shared/languageServer';
import { answering } from './answering.ts';
import { codeActions } from './features/codeActions.ts';
import { complete, resolveCompletion } from './features/completion.ts';
import { documentLinks } from './features/documentLinks.ts';
import { documentSymbols } from './features/documentSymbols.ts';
import { hover } from './features/hover.ts';
import { filePathOf } from './kitfileDocument.ts';
import { KitfileServer } from './kitfileServer.ts';
import { Session } from './session.ts';

export interface ServerOptions {
  /** URI of the page with the rules, unless the client knows a better one. */
  readonly rulesUri: string;
}

/** Answers a client over the connection until it says exit. */
export function serve(connection: Connection, { rulesUri }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize((params) => {
    const server = new KitfileServer(connection, documents, new Session(connection, params, rulesUri));
    wireDocuments(connection, documents, server, params);
    wireFeatures(connection, documents, server);
    return capabilities();
  });
  documents.listen(connection);
  connection.listen();
}

function capabilities(): InitializeResult {
  return {
    serverInfo: { name: 'modelkit' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      completionProvider: { triggerCharacters: [' ', '/', '-', '"', "'", '[', '{', ','], resolveProvider: true },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      documentSymbolProvider: true,
      documentLinkProvider: {},
    },
  };
}

/** What makes diagnostics new: edits, saves, files that come and go, settings, and the client's own reasons. */
function wireDocuments(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  server: KitfileServer,
  { capabilities: client }: InitializeParams,
): void {
  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'modelkit' });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    server.session.settingsChanged(settings?.modelkit);
    server.recheckAll();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri }) => filePathOf(uri)).filter((path) => path !== undefined);
    server.recheckAround(paths);
  });
  connection.onNotification(RECHECK, () => server.recheckAll());
  documents.onDidOpen(({ document }) => server.opened(document));
  documents.onDidChangeContent(({ document }) => server.changed(document));
  documents.onDidSave(({ document }) => server.recheck(document));
  documents.onDidClose(({ document }) => server.closed(document));
}

function wireFeatures(connection: Connection, documents: TextDocuments<TextDocument>, server: KitfileServer): void {
  const answer = answering(documents);
  connection.onCompletion(
    answer((document, { position }) => complete(document, position, server.contextOf(document)), null),
  );
  connection.onCompletionResolve((item: CompletionItem) => resolveCompletion(item, server.contextWithoutDocument()));
  connection.onHover(
    answer(
      async (document, { position }) => (await hover(document, position, server.contextOf(document))) ?? null,
      null,
    ),
  );
  connection.onCodeAction(answer(async (document, { context }) => codeActions(document, context.diagnostics), null));
  connection.onDocumentSymbol(answer(async (document) => documentSymbols(document), null));
  connection.onDocumentLinks(answer((document) => documentLinks(document, server.contextOf(document)), null));
}
