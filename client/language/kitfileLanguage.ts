import * as vscode from 'vscode';
import { KITFILE_LANGUAGE } from '../contributions.ts';
import { setContext } from '../ui/setContext.ts';
import type { LanguageService } from './languageService.ts';

/** What a running language client must be able to do. */
interface RunningClient {
  restart(): Promise<void>;
  recheck(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts the language server's process with the first Kitfile, and not before. */
export class KitfileLanguage implements LanguageService {
  readonly #serverFile: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #watch: vscode.Disposable;
  #client: Promise<RunningClient> | undefined;

  constructor(serverFile: string, log: vscode.LogOutputChannel) {
    this.#serverFile = serverFile;
    this.#log = log;
    this.#watch = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#startFor(document)),
      vscode.window.onDidChangeWindowState(async ({ focused }) => {
        if (focused) await (await this.#client)?.recheck();
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#startFor(document);
  }

  async restart(): Promise<void> {
    if (this.#client) await (await this.#client).restart();
    else await this.#start();
  }

  async dispose(): Promise<void> {
    this.#watch.dispose();
    await (await this.#client)?.dispose();
  }

  #startFor({ languageId }: vscode.TextDocument): void {
    if (languageId !== KITFILE_LANGUAGE || this.#client) return;
    // Don't wait: the editor is usable meanwhile.
    void this.#start().catch((error: unknown) => {
      // The next Kitfile, and the command to restart the server, try again.
      this.#client = undefined;
      this.#log.error(`The Kitfile language server could not be started: ${String(error)}`);
    });
  }

  async #start(): Promise<void> {
    this.#client = this.#load();
    await this.#client;
    await setContext('modelkit.serverStarted', true);
  }

  async #load(): Promise<RunningClient> {
    // Loading the client library takes 45-66 ms, which only a window with a Kitfile pays.
    const { startLanguageClient, recheck } = await import('./startLanguageClient.ts');
    const client = await startLanguageClient(this.#serverFile, this.#log);
    return { restart: () => client.restart(), recheck: () => recheck(client), dispose: () => client.dispose() };
  }
}
