import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inWorkspace } from './extension.ts';
import { eventually, type HostTest } from './hostTest.ts';

const codesOf = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code)));

export const editing: readonly HostTest[] = [
  {
    name: 'a Kitfile has its own language, and a good one no problems',
    async run() {
      const document = await vscode.workspace.openTextDocument(inWorkspace('good', 'Kitfile'));
      await vscode.window.showTextDocument(document);
      assert.equal(document.languageId, 'kitfile');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.deepEqual(codesOf(document.uri), []);
    },
  },
  {
    name: 'a Kitfile that names a missing file shows it, on the path',
    async run() {
      const document = await vscode.workspace.openTextDocument(inWorkspace('bad', 'Kitfile'));
      await vscode.window.showTextDocument(document);
      const [problem] = await eventually(() => {
        const found = vscode.languages.getDiagnostics(document.uri);
        return found.length > 0 && found;
      }, 'a diagnostic');
      assert.equal(problem && document.getText(problem.range), 'missing.onnx');
    },
  },
  {
    name: 'keys of a Kitfile are completed',
    async run() {
      const uri = inWorkspace('good', 'Kitfile');
      const list = await eventually(async () => {
        const found = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          new vscode.Position(0, 0),
        );
        return found.items.some(({ label }) => label === 'docs') && found;
      }, 'a completion');
      assert.ok(list.items.length > 1);
    },
  },
  {
    name: 'the language server can be started again',
    async run() {
      await vscode.commands.executeCommand('modelkit.restartServer');
      const uri = inWorkspace('bad', 'Kitfile');
      await eventually(() => codesOf(uri).length > 0, 'the diagnostic after the restart');
    },
  },
];
