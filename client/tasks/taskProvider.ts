import { dirname, relative } from 'node:path';
import * as vscode from 'vscode';
import { readSetting } from '../config.ts';
import { TASK_TYPE } from '../contributions.ts';
import { KITFILE_GLOB } from '../kitfile/kitfileNames.ts';
import type { Services } from '../services.ts';
import { TaskTerminal } from './taskTerminal.ts';

/** More Kitfiles than that in one workspace are packed by tasks of one's own. */
const MAX_DETECTED = 100;

/** Offers to pack each Kitfile of the workspace, and runs what tasks.json asks for. */
export function taskProvider(services: Services): vscode.TaskProvider {
  return {
    provideTasks: async () =>
      vscode.workspace.isTrusted
        ? (await vscode.workspace.findFiles(KITFILE_GLOB, undefined, MAX_DETECTED)).flatMap((kitfile) =>
            detectedTask(services, kitfile),
          )
        : [],
    resolveTask: ({ definition, scope, name }) =>
      task(services, definition, isFolder(scope) ? scope : vscode.workspace.workspaceFolders?.[0], name),
  };
}

function detectedTask(services: Services, kitfile: vscode.Uri): readonly vscode.Task[] {
  const root = vscode.workspace.getWorkspaceFolder(kitfile);
  if (!root || kitfile.scheme !== 'file') return [];
  const folder = relative(root.uri.fsPath, dirname(kitfile.fsPath));
  const own = kitfile.path.endsWith('.kitfile') && !kitfile.path.endsWith('/.kitfile');
  const path = vscode.workspace.asRelativePath(kitfile, false);
  const definition = {
    type: TASK_TYPE,
    verb: 'pack',
    ...(folder === '' ? {} : { folder }),
    ...(own ? { kitfile: kitfile.path.slice(kitfile.path.lastIndexOf('/') + 1) } : {}),
  };
  return [task(services, definition, root, `pack ${path}`)];
}

function task(
  services: Services,
  definition: vscode.TaskDefinition,
  root: vscode.WorkspaceFolder | undefined,
  name: string,
): vscode.Task {
  const execution = new vscode.CustomExecution(async (resolved) => {
    const settings = vscode.workspace.getConfiguration(undefined, root?.uri);
    return new TaskTerminal(services, resolved, {
      root: root?.uri.fsPath ?? '.',
      compression: readSetting(settings, 'modelkit.compression'),
      strict: readSetting(settings, 'modelkit.kitfile.strict'),
    });
  });
  const made = new vscode.Task(
    definition,
    root ?? vscode.TaskScope.Workspace,
    name || String(definition.verb),
    'modelkit',
    execution,
    '$modelkit',
  );
  if (definition.verb === 'pack') made.group = vscode.TaskGroup.Build;
  return made;
}

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object';
}
