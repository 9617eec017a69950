import * as vscode from 'vscode';
import { asTyped, type CommandTarget, nodesOf, referenceOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Copies what names the selected nodes, one a line. */
export async function copyReference(
  services: Services,
  target?: CommandTarget,
  selected?: readonly CommandTarget[],
): Promise<void> {
  const clicked = nodesOf(target, selected);
  const nodes = clicked.length > 0 ? clicked : nodesOf(await services.explorer.focused(), undefined);
  const names = nodes
    .map((node) => referenceOf(node) ?? asTyped(node.repository ?? node.registry ?? ''))
    .filter((name) => name !== '');
  if (names.length > 0) await vscode.env.clipboard.writeText(names.join('\n'));
}
