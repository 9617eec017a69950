import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './commands/registerCommands.ts';
import { readSetting } from './config.ts';
import { TASK_TYPE } from './contributions.ts';
import { EngineHost } from './engine/engineHost.ts';
import { ENGINE_SETTINGS, networkSettings } from './engine/networkSettings.ts';
import type { WorkerSettings } from './engine/protocol.ts';
import { secretCredentials } from './engine/secretCredentials.ts';
import { watchKitfileFolders } from './kitfile/kitfileFolders.ts';
import { KitfileLanguage } from './language/kitfileLanguage.ts';
import { SettingsRegistryList } from './registries/settingsRegistryList.ts';
import type { Services } from './services.ts';
import { taskProvider } from './tasks/taskProvider.ts';
import { WrongSettings } from './ui/wrongSettings.ts';
import { createExplorer } from './views/createExplorer.ts';

/** Called by VS Code at the first Kitfile, view, command or task of ours. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('ModelKit', { log: true });
  const wrongSettings = new WrongSettings(log);
  wrongSettings.look();
  const registries = new SettingsRegistryList();
  const host = startEngineHost(context, log, registries);
  const language = new KitfileLanguage(context.asAbsolutePath(join('dist', 'server.cjs')), log);
  const parts = {
    extensionUri: context.extensionUri,
    engine: host.client,
    registries,
    language,
    log,
    memory: context.globalState,
  };
  const explorer = createExplorer(parts);
  const services: Services = { ...parts, explorer };
  context.subscriptions.push(
    log,
    registries,
    host,
    language,
    explorer,
    registerCommands(services),
    vscode.tasks.registerTaskProvider(TASK_TYPE, taskProvider(services)),
    watchKitfileFolders(),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      wrongSettings.look();
      if (ENGINE_SETTINGS.some((name) => event.affectsConfiguration(name))) await host.settingsChanged();
    }),
  );
}

function startEngineHost(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  registries: SettingsRegistryList,
): EngineHost {
  const version = String(context.extension.packageJSON.version);
  const settings = (): WorkerSettings => {
    const source = vscode.workspace.getConfiguration();
    return {
      home: readSetting(source, 'modelkit.home'),
      network: networkSettings(source, registries.all(), `modelkit-vscode/${version}`),
      cliVersion: `modelkit-vscode/${version}`,
    };
  };
  return new EngineHost({
    workerFile: context.asAbsolutePath(join('dist', 'engineWorker.cjs')),
    settings,
    credentials: secretCredentials(context.secrets, () => tellSessionOnly(log)),
    onLost: (reason) => log.error(`The engine stopped (${reason}); the next request starts it again.`),
  });
}

function tellSessionOnly(log: vscode.LogOutputChannel): void {
  const text = vscode.l10n.t('This computer has no place for secrets: the login lasts until VS Code is closed.');
  log.warn(text);
  // Don't wait: nothing depends on the answer.
  void vscode.window.showWarningMessage(text);
}
