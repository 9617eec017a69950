import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HostTest } from './hostTest.ts';

export const activation: readonly HostTest[] = [
  {
    name: 'the extension is known to VS Code',
    async run() {
      assert.ok(vscode.extensions.getExtension('modelkit.modelkit-vscode'));
    },
  },
];
