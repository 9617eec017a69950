import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { KITFILE_LANGUAGE } from '../contributions.ts';

/** Starts the language server as a Node process of its own, over IPC. */
export async function startLanguageClient(serverFile: string, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  const client = new LanguageClient(
    'modelkit',
    vscode.l10n.t('Kitfile Language Server'),
    { module: serverFile, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: KITFILE_LANGUAGE }],
      outputChannel: log,
      // The server asks for the settings that it needs, and for the files that it wants to watch.
      synchronize: { configurationSection: 'modelkit' },
    },
  );
  await client.start();
  return client;
}
