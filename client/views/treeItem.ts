import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import { withoutIcons } from './withoutIcons.ts';

const ICONS: Readonly<Record<ExplorerNode['kind'], string>> = {
  storeRepository: 'package',
  storeKit: 'tag',
  registry: 'server',
  repository: 'package',
  registryKit: 'tag',
  layer: 'layers',
  more: 'ellipsis',
  error: 'error',
};

/** A node as VS Code draws it. All texts are plain: no markup of a name is ever read as such (bad-inputs F2). */
export function treeItem(node: ExplorerNode): vscode.TreeItem {
  const state = node.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(withoutIcons(node.label), state);
  item.id = node.id;
  item.tooltip = node.tooltip;
  item.iconPath = icon(node.kind);
  item.contextValue = node.kind;
  item.accessibilityInformation = { label: node.spoken };
  if (node.description !== undefined) item.description = withoutIcons(node.description);
  const command = commandOf(node);
  if (command) item.command = { command, title: node.label, arguments: [node] };
  return item;
}

function icon(kind: ExplorerNode['kind']): vscode.ThemeIcon {
  return kind === 'error'
    ? new vscode.ThemeIcon(ICONS.error, new vscode.ThemeColor('list.errorForeground'))
    : new vscode.ThemeIcon(ICONS[kind]);
}

/** What a click or Enter does, beside selecting. */
function commandOf({ kind, error }: ExplorerNode): CommandId | undefined {
  switch (kind) {
    case 'storeKit':
    case 'registryKit':
      return 'modelkit.openExplorer';
    case 'more':
      return 'modelkit.loadMore';
    case 'error':
      return wayOut(error?.ways[0]?.action);
    default:
      return undefined;
  }
}

function wayOut(action: string | undefined): CommandId {
  if (action === 'logIn') return 'modelkit.logIn';
  return action === 'addRepository' ? 'modelkit.addRepository' : 'modelkit.loadMore';
}
