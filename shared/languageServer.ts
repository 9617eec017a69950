/** What the language client tells the Kitfile language server beyond the protocol. */
export interface LanguageServerOptions {
  /** The client knows `editor.action.triggerSuggest`: completion goes on after a key or a folder was taken. */
  readonly suggestsAgain?: boolean;
  /** URI of the page with the rules, to whose sections diagnostics link. Without it, the page beside the server. */
  readonly rulesUri?: string;
}

/** The settings below `modelkit` that the server asks for, per document. */
export interface LanguageServerSettings {
  readonly home?: string;
  readonly kitfile?: { readonly strict?: boolean };
}

/** Notification from client to server: look at the disk again, as when the window got the focus. No parameters. */
export const RECHECK = 'modelkit/recheck';
