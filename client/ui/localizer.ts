/** The part of `vscode.l10n` that is needed, so that texts are tested without VS Code. */
export interface Localizer {
  t(message: string, ...args: (string | number | boolean)[]): string;
}
