import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { type LanguageServerOptions, RECHECK } from '#shared/languageServer';
import { KITFILE_LANGUAGE } from '../contributions.ts';

/** Starts the language server as a Node process of its own, over IPC. */
export async function startLanguageClient(serverFile: string, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  const client = new LanguageClient(
    'modelkit',
    vscode.l10n.t('Kitfile Language Server'),
    { module: serverFile, transport: TransportKind.ipc },
    clientOptions(log),
  );
  await client.start();
  return client;
}

/** Tells the server to look at the disk again, since not every disk tells of its changes (bad-inputs G6). */
export async function recheck(client: LanguageClient): Promise<void> {
  if (client.isRunning()) await client.sendNotification(RECHECK);
}

/** What the server watches and which settings it wants, it registers itself. */
function clientOptions(log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [{ language: KITFILE_LANGUAGE }],
    outputChannel: log,
    initializationOptions: { suggestsAgain: true } satisfies LanguageServerOptions,
  };
}
