import type * as vscode from 'vscode';

/** The language server's process as the rest of the client sees it; it is started by the first Kitfile. */
export interface LanguageService extends vscode.Disposable {
  restart(): Promise<void>;
}
