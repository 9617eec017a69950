import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inWorkspace, tagsInStore } from './extension.ts';
import { eventually, type HostTest } from './hostTest.ts';

/** Presses Enter in the question that is open, once it is there. */
async function accept(command: PromiseLike<unknown>, key: 'accept' | 'escape'): Promise<void> {
  const press = key === 'accept' ? 'workbench.action.acceptSelectedQuickOpenItem' : 'workbench.action.closeQuickOpen';
  let over = false;
  const done = Promise.resolve(command).then(() => {
    over = true;
  });
  // A question that is not open yet hears nothing: it is asked again until the command is over.
  const keys = eventually(async () => {
    await vscode.commands.executeCommand(press);
    return over;
  }, `the end of the command after ${key}`);
  await Promise.all([done, keys]);
}

export const packing: readonly HostTest[] = [
  {
    name: 'Escape ends packing without a word, and nothing is packed',
    async run() {
      await accept(vscode.commands.executeCommand('modelkit.pack', inWorkspace('good', 'Kitfile')), 'escape');
      assert.deepEqual(await tagsInStore(), []);
    },
  },
  {
    name: 'a Kitfile is packed under the name and version that it says',
    async run() {
      await accept(vscode.commands.executeCommand('modelkit.pack', inWorkspace('good', 'Kitfile')), 'accept');
      assert.deepEqual(await tagsInStore(), ['1.2.3']);
    },
  },
  {
    name: 'a folder is packed by its Kitfile',
    async run() {
      await accept(vscode.commands.executeCommand('modelkit.pack', inWorkspace('good')), 'accept');
      assert.deepEqual(await tagsInStore(), ['1.2.3']);
    },
  },
  {
    name: 'a packed ModelKit is inspected as JSON',
    async run() {
      await vscode.commands.executeCommand('modelkit.inspect', {
        kind: 'storeKit',
        where: 'local',
        reference: 'localhost/good-model:1.2.3',
      });
      const document = await eventually(
        () => vscode.workspace.textDocuments.find(({ languageId }) => languageId === 'json'),
        'the JSON document',
      );
      const { manifest, kitfile } = JSON.parse(document.getText());
      assert.equal(kitfile.package.name, 'Good Model');
      assert.equal(manifest.layers.length, 1);
    },
  },
];
