import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Our own extension, as VS Code knows it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('modelkit.modelkit-vscode');
  if (!found) throw new Error('The extension is not known to VS Code.');
  return found;
}

/** A file in the folder that is open. */
export function inWorkspace(...path: readonly string[]): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!root) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(root, ...path);
}

/** Tags in the local store, from the files that kit reads too. */
export async function tagsInStore(): Promise<readonly string[]> {
  const storage = join(process.env.KITOPS_HOME ?? '', 'storage');
  const names = await readdir(storage).catch(() => []);
  const lists = names.filter((name) => name.endsWith('-tags.json'));
  const texts = await Promise.all(lists.map((name) => readFile(join(storage, name), 'utf8')));
  return texts.flatMap((text) => Object.keys(JSON.parse(text))).sort();
}
