import { pathToFileURL } from 'node:url';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  type Disposable,
  WatchKind,
} from 'vscode-languageserver';

/** Asks the client to tell what appears and vanishes below the folders of open Kitfiles, and nowhere else. */
export class WatchedFolders {
  readonly #connection: Connection;
  readonly #folders = new Map<string, { users: number; readonly registration: Promise<Disposable | undefined> }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(folder: string): void {
    const watched = this.#folders.get(folder);
    if (watched) watched.users++;
    else this.#folders.set(folder, { users: 1, registration: this.#register(folder) });
  }

  remove(folder: string): void {
    const watched = this.#folders.get(folder);
    if (watched === undefined || --watched.users > 0) return;
    this.#folders.delete(folder);
    // Don't wait: nobody needs to know when the client stopped watching.
    void watched.registration.then((registration) => registration?.dispose());
  }

  async #register(folder: string): Promise<Disposable | undefined> {
    const baseUri = pathToFileURL(folder).toString();
    const options: DidChangeWatchedFilesRegistrationOptions = {
      watchers: [
        { globPattern: { baseUri, pattern: '**/*' }, kind: WatchKind.Create | WatchKind.Delete },
        { globPattern: { baseUri, pattern: '.kitignore' }, kind: WatchKind.Change },
      ],
    };
    try {
      return await this.#connection.client.register(DidChangeWatchedFilesNotification.type, options);
    } catch (error) {
      // A client that cannot watch (no inotify handles left) still checks on save and focus.
      this.#connection.console.warn(`Files below ${folder} are not watched: ${String(error)}`);
      return undefined;
    }
  }
}
