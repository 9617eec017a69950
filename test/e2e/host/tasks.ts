import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { inWorkspace, tagsInStore } from './extension.ts';
import type { HostTest } from './hostTest.ts';

/** Runs a task to its end. @returns its exit code */
export async function run(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return await ended;
}

/** A task that VS Code offers. */
export async function named(name: string): Promise<vscode.Task> {
  const found = (await vscode.tasks.fetchTasks({ type: 'modelkit' })).find((task) => task.name === name);
  assert.ok(found, `there is no task ${name}`);
  return found;
}

export const tasks: readonly HostTest[] = [
  {
    name: 'each Kitfile has a task that packs it',
    async run() {
      const detected = await vscode.tasks.fetchTasks({ type: 'modelkit' });
      const names = detected.map(({ name }) => name).sort();
      assert.ok(names.includes('pack good/Kitfile'), names.join());
      assert.equal(await run(await named('pack good/Kitfile')), 0);
    },
  },
  {
    name: 'a task that cannot be done ends with 1',
    async run() {
      assert.equal(await run(await named('pack bad/Kitfile')), 1);
    },
  },
  {
    name: 'a task of tasks.json packs with its own options, and one unpacks again',
    async run() {
      assert.equal(await run(await named('pack as written')), 0);
      assert.ok((await tagsInStore()).includes('from-task'));
      assert.equal(await run(await named('unpack as written')), 0);
      assert.ok((await stat(inWorkspace('unpacked', 'model.onnx').fsPath)).isFile());
    },
  },
  {
    name: 'a task with a wrong field ends with 1',
    async run() {
      assert.equal(await run(await named('wrong field')), 1);
    },
  },
];
