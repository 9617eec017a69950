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
import { Lifecycle } from './lifecycle.ts';
import { Session } from './session.ts';

export interface ServerOptions {
  /** URI of the page with the rules, unless the client knows a better one. */
  readonly rulesUri: string;
}

/** Answers a client over the connection until it says exit. */
export function serve(connection: Connection, { rulesUri }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const life = new Lifecycle();
  connection.onInitialize((params) => {
    life.started(new KitfileServer(connection, documents, new Session(connection, params, rulesUri)));
    wireSettings(connection, params);
    return capabilities();
  });
  connection.onShutdown(() => life.shutDown());
  wireDocuments(connection, documents, life);
  wireFeatures(connection, documents, life);
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

function wireSettings(connection: Connection, { capabilities: client }: InitializeParams): void {
  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'modelkit' });
  });
}

/** What makes diagnostics new: edits, saves, files that come and go, settings, and the client's own reasons. */
function wireDocuments(connection: Connection, documents: TextDocuments<TextDocument>, life: Lifecycle): void {
  connection.onDidChangeConfiguration(({ settings }) => {
    life.running?.session.settingsChanged(settings?.modelkit);
    life.running?.recheckAll();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri }) => filePathOf(uri)).filter((path) => path !== undefined);
    life.running?.recheckAround(paths);
  });
  connection.onNotification(RECHECK, () => life.running?.recheckAll());
  documents.onDidOpen(({ document }) => life.running?.opened(document));
  documents.onDidChangeContent(({ document }) => life.running?.changed(document));
  documents.onDidSave(({ document }) => life.running?.recheck(document));
  documents.onDidClose(({ document }) => life.running?.closed(document));
}

function wireFeatures(connection: Connection, documents: TextDocuments<TextDocument>, life: Lifecycle): void {
  const answer = answering(documents, life);
  connection.onCompletion(answer(({ document, context }, { position }) => complete(document, position, context)));
  connection.onCompletionResolve((item: CompletionItem) =>
    resolveCompletion(item, life.server.contextWithoutDocument()),
  );
  connection.onHover(answer(({ document, context }, { position }) => hover(document, position, context)));
  connection.onCodeAction(answer(async ({ document }, { context }) => codeActions(document, context.diagnostics)));
  connection.onDocumentSymbol(answer(async ({ document }) => documentSymbols(document)));
  connection.onDocumentLinks(answer(({ document, context }) => documentLinks(document, context)));
}
