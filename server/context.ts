import type { Folders } from './disk/folders.ts';

/** What the client can do with an answer. */
export interface Abilities {
  /** Completion items may have tab stops. */
  readonly snippets: boolean;
  /** Lines of an inserted text stay where they are, without the client's own indentation. */
  readonly keepsIndentation: boolean;
  /** Knows VS Code's command that opens the list of suggestions again after an item was taken. */
  readonly suggestsAgain: boolean;
}

/** The world as the features see it; tests hand in their own. */
export interface FeatureContext {
  /** The folder of the Kitfile; undefined for a document that is not on the local disk. */
  readonly folder: string | undefined;
  readonly folders: Folders;
  /** Tells which paths `.kitignore` leaves out; undefined when the disk does not say in time. */
  ignores(folder: string): Promise<((path: string) => boolean) | undefined>;
  readonly abilities: Abilities;
}
