import * as vscode from 'vscode';
import { readSetting } from '../config.ts';
import { setContext } from '../ui/setContext.ts';
import { normalEntries } from './normalEntries.ts';
import type { EditableRegistryList, RegistryEntry } from './registryList.ts';

const SETTING = 'modelkit.registries';

/** The registries that the user added, kept in the settings of this machine. */
export class SettingsRegistryList implements EditableRegistryList, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #watch: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#watch = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING)) this.#tell();
    });
    this.#setContext();
  }

  all(): readonly RegistryEntry[] {
    return normalEntries(readSetting(vscode.workspace.getConfiguration(), SETTING));
  }

  async save(entry: RegistryEntry): Promise<void> {
    await this.#write([...this.all().filter(({ host }) => host !== entry.host), entry]);
  }

  async remove(host: string): Promise<void> {
    await this.#write(this.all().filter((entry) => entry.host !== host));
  }

  dispose(): void {
    this.#watch.dispose();
    this.#changed.dispose();
  }

  async #write(entries: readonly RegistryEntry[]): Promise<void> {
    await vscode.workspace.getConfiguration().update(SETTING, entries, vscode.ConfigurationTarget.Global);
  }

  #tell(): void {
    this.#setContext();
    this.#changed.fire();
  }

  #setContext(): void {
    // Don't wait: it only decides which menu entries show.
    void setContext('modelkit.hasRegistries', this.all().length > 0);
  }
}
