import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './extension.ts';
import type { HostTest } from './hostTest.ts';

/** The window has a folder with a Kitfile open, and no editor: nothing of ours has been asked for. */
export const activation: readonly HostTest[] = [
  {
    name: 'nothing is activated before it is needed',
    async run() {
      assert.equal(extension().isActive, false);
    },
  },
  {
    name: 'the activation takes less than 150 ms',
    async run() {
      const start = performance.now();
      await extension().activate();
      const time = performance.now() - start;
      assert.ok(time < 150, `it took ${Math.round(time)} ms`);
    },
  },
  {
    name: 'every command of package.json is there',
    async run() {
      const known = new Set(await vscode.commands.getCommands(true));
      const { commands } = extension().packageJSON.contributes as { commands: { command: string }[] };
      assert.deepEqual(
        commands.map(({ command }) => command).filter((command) => !known.has(command)),
        [],
      );
    },
  },
];
