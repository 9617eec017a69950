import * as vscode from 'vscode';
import { type CommandTarget, nodesOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';
import { referenceOf } from './references.ts';

/** Copies what names the selected nodes, one a line. */
export async function copyReference(
  services: Services,
  target?: CommandTarget,
  selected?: readonly CommandTarget[],
): Promise<void> {
  const clicked = nodesOf(target, selected);
  const nodes = clicked.length > 0 ? clicked : services.explorer.selection();
  const names = nodes
    .map((node) => referenceOf(node) ?? node.repository ?? node.registry)
    .filter((name) => name !== undefined);
  if (names.length > 0) await vscode.env.clipboard.writeText(names.join('\n'));
}
