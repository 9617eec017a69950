import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { EngineError, KITFILE_NAMES } from '#engine';
import { KITFILE_LANGUAGE } from '../contributions.ts';
import { cancelled } from '../ui/cancelled.ts';
import { wizard } from '../ui/wizard.ts';
import { isKitfileName, KITFILE_GLOB } from './kitfileNames.ts';

/**
 * The Kitfile that a command is about: the file or folder that was clicked, else the one in the active editor or nearest
 * to it, else the only one in the workspace; asks when there are several or none.
 * @throws EngineError KITFILE_NOT_FOUND for a folder without one, INPUT_INVALID for one that is on no disk, CANCELLED
 */
export async function chooseKitfile(target: unknown): Promise<vscode.Uri> {
  const kitfile =
    target instanceof vscode.Uri ? await kitfileAt(target) : ((await nearActiveEditor()) ?? (await inWorkspace()));
  if (kitfile.scheme === 'file') return kitfile;
  throw new EngineError('INPUT_INVALID', `${kitfile.path} is not on a disk that can be packed from.`, {
    advice: 'Open the folder on this computer, or where the files are.',
  });
}

async function kitfileAt(uri: vscode.Uri): Promise<vscode.Uri> {
  const { type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) === 0) return uri;
  const found = await findKitfileIn(uri);
  if (found) return found;
  throw new EngineError('KITFILE_NOT_FOUND', `There is no Kitfile in ${uri.fsPath}.`, {
    advice: 'Create one, or choose another folder.',
    facts: { path: uri.fsPath },
  });
}

/** The Kitfile of a folder, by its usual names. */
export async function findKitfileIn(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const name of KITFILE_NAMES) {
    const uri = vscode.Uri.joinPath(folder, name);
    const exists = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (exists) return uri;
  }
  return undefined;
}

/** Looks upwards to the workspace folder's root, or in the file's own folder when it is in none. */
async function nearActiveEditor(): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== 'file') return undefined;
  if (document.languageId === KITFILE_LANGUAGE || isKitfileName(document.uri.path)) return document.uri;
  const root = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.path ?? dirname(document.uri.path);
  for (let path = dirname(document.uri.path); path.startsWith(root); path = dirname(path)) {
    const found = await findKitfileIn(document.uri.with({ path }));
    if (found || path === dirname(path)) return found;
  }
  return undefined;
}

async function inWorkspace(): Promise<vscode.Uri> {
  const found = await vscode.workspace.findFiles(KITFILE_GLOB, undefined, 1000);
  const [first] = found;
  if (!first) return await byDialog();
  return found.length === 1 ? first : await pickOne(found);
}

async function byDialog(): Promise<vscode.Uri> {
  const chosen = await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose a Kitfile') });
  if (!chosen?.[0]) throw cancelled();
  return chosen[0];
}

async function pickOne(found: readonly vscode.Uri[]): Promise<vscode.Uri> {
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const start: { kitfile?: vscode.Uri } = {};
  const { kitfile } = await wizard(vscode.l10n.t('Kitfile'), start, [
    async (_none, ask) => ({ kitfile: await ask.pick({ placeholder: vscode.l10n.t('Which Kitfile?'), items }) }),
  ]);
  if (!kitfile) throw cancelled();
  return kitfile;
}
