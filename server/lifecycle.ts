import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { KitfileServer } from './kitfileServer.ts';

/** There is a server between `initialize` and `shutdown` only (bad-inputs G3). */
export class Lifecycle {
  #server: KitfileServer | undefined;
  #isShutDown = false;

  started(server: KitfileServer): void {
    this.#server = server;
  }

  shutDown(): void {
    this.#isShutDown = true;
  }

  /** The server for a notification, which is dropped outside of that time. */
  get running(): KitfileServer | undefined {
    return this.#isShutDown ? undefined : this.#server;
  }

  /** The server for a request. @throws ResponseError ServerNotInitialized, InvalidRequest */
  get server(): KitfileServer {
    if (this.#isShutDown) throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.');
    if (!this.#server) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'Send "initialize" first.');
    return this.#server;
  }
}
