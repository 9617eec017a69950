import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { setContext } from '../ui/setContext.ts';
import { KITFILE_GLOB } from './kitfileNames.ts';

/** More folders than that in one workspace find their commands in the palette. */
const MAX_FOLDERS = 1000;

/** Tells VS Code which folders hold a Kitfile, so that only their context menus offer to pack. */
export function watchKitfileFolders(): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(KITFILE_GLOB, false, true, false);
  const look = async (): Promise<void> => {
    const found = await vscode.workspace.findFiles(KITFILE_GLOB, undefined, MAX_FOLDERS);
    await setContext('modelkit.kitfileFolders', [...new Set(found.map(({ fsPath }) => dirname(fsPath)))]);
  };
  // Don't wait: menus may come a moment later.
  void look();
  return vscode.Disposable.from(watcher, watcher.onDidCreate(look), watcher.onDidDelete(look));
}
