import type * as vscode from 'vscode';

/** A registry that the user added: setting `modelkit.registries`. */
export interface RegistryEntry {
  /** In the spelling of `normalHost`. */
  readonly host: string;
  readonly plainHttp?: boolean;
  /** Repositories added by name, without the host: for registries that do not list theirs. */
  readonly repositories?: readonly string[];
}

export interface RegistryList {
  all(): readonly RegistryEntry[];
  readonly onDidChange: vscode.Event<void>;
}

export interface EditableRegistryList extends RegistryList {
  /** Adds an entry, or puts it in place of the one with this host. */
  save(entry: RegistryEntry): Promise<void>;
  remove(host: string): Promise<void>;
}
