import * as vscode from 'vscode';
import type { ExplorerNode } from '../explorer/node.ts';

/**
 * Finds the row that has the focus. VS Code tells extensions what is selected, and arrow keys move the focus alone: a key
 * such as Delete would then mean another row than the one in front. So the focused row's selection is switched over and
 * back, and the row whose selection changed is the one.
 */
export async function focusedNode(views: readonly vscode.TreeView<ExplorerNode>[]): Promise<ExplorerNode | undefined> {
  const before = views.map(({ selection }) => selection);
  await vscode.commands.executeCommand('list.toggleSelection');
  const found = views.flatMap(({ selection }, at) => difference(before[at] ?? [], selection));
  await vscode.commands.executeCommand('list.toggleSelection');
  return found[0];
}

function difference(before: readonly ExplorerNode[], after: readonly ExplorerNode[]): readonly ExplorerNode[] {
  const missing = (from: readonly ExplorerNode[], other: readonly ExplorerNode[]) =>
    from.filter(({ id }) => !other.some((node) => node.id === id));
  return [...missing(after, before), ...missing(before, after)];
}
