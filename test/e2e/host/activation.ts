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
      const used = process.cpuUsage();
      await extension().activate();
      const { user, system } = process.cpuUsage(used);
      // On a machine that does other work as well, what our own process did is what counts.
      const time = Math.min(performance.now() - start, (user + system) / 1000);
      assert.ok(time < 150, `it took ${Math.round(time)} ms`);
      return `${Math.round(time)} ms`;
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
