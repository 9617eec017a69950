import { type ClientCapabilities, type Connection, type InitializeParams, InsertTextMode } from 'vscode-languageserver';
import { resolveHome } from '#engine';
import type { LanguageServerOptions, LanguageServerSettings } from '#shared/languageServer';
import type { Abilities } from './context.ts';

/** What is known of the client, and how to ask it. */
export class Session {
  readonly abilities: Abilities;
  readonly relatedInformation: boolean;
  /** The client watches files relative to a folder. */
  readonly watchesFolders: boolean;
  readonly rulesUri: string;
  readonly #asksSettings: boolean;
  readonly #connection: Connection;
  readonly #asked = new Map<string, Promise<LanguageServerSettings>>();
  #sent: LanguageServerSettings = {};

  constructor(connection: Connection, { capabilities, initializationOptions }: InitializeParams, rulesUri: string) {
    const options: LanguageServerOptions = initializationOptions ?? {};
    const { textDocument, workspace } = capabilities;
    this.#connection = connection;
    this.abilities = abilitiesOf(capabilities, options);
    this.relatedInformation = textDocument?.publishDiagnostics?.relatedInformation ?? false;
    this.watchesFolders =
      workspace?.didChangeWatchedFiles?.dynamicRegistration === true &&
      workspace.didChangeWatchedFiles.relativePatternSupport === true;
    this.rulesUri = options.rulesUri ?? rulesUri;
    this.#asksSettings = workspace?.configuration ?? false;
  }

  /** Settings have changed; a client that cannot be asked for them sends them. */
  settingsChanged(settings: LanguageServerSettings | undefined): void {
    this.#asked.clear();
    this.#sent = settings ?? {};
  }

  settingsOf(uri: string): Promise<LanguageServerSettings> {
    if (!this.#asksSettings) return Promise.resolve(this.#sent);
    const asked = this.#asked.get(uri) ?? this.#ask(uri);
    this.#asked.set(uri, asked);
    return asked;
  }

  async #ask(scopeUri: string): Promise<LanguageServerSettings> {
    const settings: unknown = await this.#connection.workspace.getConfiguration({ scopeUri, section: 'modelkit' });
    return isSettings(settings) ? settings : {};
  }
}

/** The local store, which no layer may hold; undefined where nobody says where it is. */
export function homeOf({ home }: LanguageServerSettings): string | undefined {
  try {
    return resolveHome(process.env, home ? { config: home } : {});
  } catch {
    // The verbs say what is wrong with the setting; a Kitfile can be checked without.
    return undefined;
  }
}

function abilitiesOf({ textDocument }: ClientCapabilities, options: LanguageServerOptions): Abilities {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport ?? false,
    keepsIndentation: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) ?? false,
    suggestsAgain: options.suggestsAgain ?? false,
  };
}

function isSettings(value: unknown): value is LanguageServerSettings {
  return typeof value === 'object' && value !== null;
}
