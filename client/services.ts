import type * as vscode from 'vscode';
import type { EngineClient } from './engine/engineClient.ts';
import type { LanguageService } from './language/languageService.ts';
import type { NodeTarget } from './nodeTarget.ts';
import type { EditableRegistryList } from './registries/registryList.ts';

/**
 * The trees and the page, as the commands need them. Made by `client/explorer`, which gets the services without itself.
 */
export interface Explorer extends vscode.Disposable {
  /** Reads again what trees and page show: one node, one side, or without an argument everything. */
  refresh(what?: NodeTarget['where'] | NodeTarget): void;
  /** Selects a ModelKit, repository or registry in its tree. */
  reveal(target: NodeTarget): Promise<void>;
  /** Opens the page, on this ModelKit when there is one. */
  open(target?: NodeTarget): Promise<void>;
  /** Shows the next page below a node of kind `more`, or tries again what failed below one of kind `error`. */
  loadMore(target: NodeTarget): Promise<void>;
  /** Asks for a text and shows what matches in store and registries. */
  search(): Promise<void>;
  /** The row of a tree that has the focus: for keys, which carry no target. */
  focused(): Promise<NodeTarget | undefined>;
}

/** What every command gets. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  readonly registries: EditableRegistryList;
  readonly explorer: Explorer;
  readonly language: LanguageService;
  readonly log: vscode.LogOutputChannel;
  /** What was used last, for defaults; never a secret. */
  readonly memory: vscode.Memento;
}
