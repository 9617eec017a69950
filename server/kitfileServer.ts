import { sep } from 'node:path';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkKitfile, parseKitfile, readIgnoreRules } from '#engine';
import { type CheckedDocument, Checker, type Checks } from './checker.ts';
import type { FeatureContext } from './context.ts';
import { DiskFolders } from './disk/folders.ts';
import { DiskGate, inTime } from './disk/gate.ts';
import { WatchedFolders } from './disk/watchedFolders.ts';
import { toDiagnostics } from './features/diagnostics.ts';
import { folderOf, isBig } from './kitfileDocument.ts';
import { homeOf, type Session } from './session.ts';

/** Files come and go in swarms. */
const DISK_PAUSE_MS = 150;

/** The open documents of one client, and what is done about them. */
export class KitfileServer {
  readonly session: Session;
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #gate = new DiskGate();
  readonly #folders = new DiskFolders(this.#gate);
  readonly #watched: WatchedFolders;
  readonly #checker: Checker;
  /** Documents that were opened and not checked yet: nobody is typing in them. */
  readonly #fresh = new Set<string>();

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, session: Session) {
    this.session = session;
    this.#connection = connection;
    this.#documents = documents;
    this.#watched = new WatchedFolders(connection);
    this.#checker = new Checker({
      gate: this.#gate,
      checks: checksOf(session),
      publish: (document, checked) => this.#publish(document, checked),
      failed: (error) => connection.console.error(`A check failed: ${String(error)}`),
    });
  }

  opened(document: TextDocument): void {
    const folder = folderOf(document.uri);
    if (folder !== undefined && this.session.watchesFolders) this.#watched.add(folder);
    this.#fresh.add(document.uri);
  }

  /** Also called once for each opened document. */
  changed(document: TextDocument): void {
    if (this.#fresh.delete(document.uri)) this.#checker.check(document, 0);
    else this.#checker.check(document);
  }

  closed(document: TextDocument): void {
    const folder = folderOf(document.uri);
    if (folder !== undefined && this.session.watchesFolders) this.#watched.remove(folder);
    this.#checker.forget(document.uri);
    this.#send(document.uri, []);
  }

  recheck(document: TextDocument): void {
    this.#checker.check(document, 0);
  }

  recheckAll(): void {
    for (const document of this.#documents.all()) this.recheck(document);
  }

  /** Looks again at the Kitfiles whose folders hold one of the paths. */
  recheckAround(paths: readonly string[]): void {
    for (const document of this.#documents.all()) {
      const folder = folderOf(document.uri);
      if (folder !== undefined && paths.some((path) => path === folder || path.startsWith(folder + sep)))
        this.#checker.check(document, DISK_PAUSE_MS);
    }
  }

  contextOf(document: TextDocument): FeatureContext {
    return { ...this.contextWithoutDocument(), folder: folderOf(document.uri) };
  }

  contextWithoutDocument(): FeatureContext {
    return {
      folder: undefined,
      folders: this.#folders,
      ignores: (folder) => this.#ignores(folder),
      abilities: this.session.abilities,
    };
  }

  async #ignores(folder: string): Promise<((path: string) => boolean) | undefined> {
    // Diagnostics say what is wrong with .kitignore; completion then sorts nothing last.
    const rules = await inTime(this.#gate.run(() => readIgnoreRules(folder)).catch(() => undefined));
    return rules && ((path) => rules.ignores(path));
  }

  #publish(document: TextDocument, { problems, shift }: CheckedDocument): void {
    const { rulesUri, relatedInformation } = this.session;
    const diagnostics = toDiagnostics(problems, document, { rulesUri, relatedInformation }, shift);
    this.#send(document.uri, diagnostics, document.version);
  }

  #send(uri: string, diagnostics: ReturnType<typeof toDiagnostics>, version?: number): void {
    // Don't wait: the client answers no notification.
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}

/** The engine's checks with the settings of each document. */
function checksOf(session: Session): Checks {
  return {
    text: async (document) => {
      const { kitfile } = await session.settingsOf(document.uri);
      return parseKitfile(document.getText(), { strict: kitfile?.strict ?? false });
    },
    disk: async (document, signal) => {
      const folder = folderOf(document.uri);
      if (folder === undefined || isBig(document)) return undefined;
      const settings = await session.settingsOf(document.uri);
      const home = homeOf(settings);
      const options = { strict: settings.kitfile?.strict ?? false, ...(home ? { home } : {}) };
      return () => checkKitfile(document.getText(), folder, options, { signal });
    },
  };
}
