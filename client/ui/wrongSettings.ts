import * as vscode from 'vscode';
import { readSetting, SETTING_RULES, type SettingName } from '../config.ts';

/** Says once for each setting of ours that its value is wrong, and that the default is used (bad-inputs F10). */
export class WrongSettings {
  readonly #log: vscode.LogOutputChannel;
  readonly #said = new Set<SettingName>();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  look(): void {
    const source = vscode.workspace.getConfiguration();
    for (const name of Object.keys(SETTING_RULES) as SettingName[])
      readSetting(source, name, (wrong) => this.#say(wrong));
  }

  #say(name: SettingName): void {
    if (this.#said.has(name)) return;
    this.#said.add(name);
    const text = vscode.l10n.t('The setting {0} has a wrong value; its default is used.', name);
    this.#log.warn(text);
    const open = vscode.l10n.t('Open Settings');
    // Don't wait: the default works meanwhile.
    void vscode.window.showWarningMessage(text, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', name);
    });
  }
}
