import * as vscode from 'vscode';
import { isCancelled } from '../explorer/failure.ts';
import type { ExplorerModel } from '../explorer/model.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import { treeItem } from './treeItem.ts';

/** One branch of the explorer as a tree of VS Code: the local store, or the registries. */
export class ExplorerTree implements vscode.TreeDataProvider<ExplorerNode>, vscode.Disposable {
  readonly #model: ExplorerModel;
  readonly #root: string;
  readonly #shown = new Map<string, ExplorerNode>();
  readonly #changed = new vscode.EventEmitter<ExplorerNode | undefined>();
  readonly #stopListening: () => void;
  readonly onDidChangeTreeData = this.#changed.event;

  /** @param root id of the branch */
  constructor(model: ExplorerModel, root: string) {
    this.#model = model;
    this.#root = root;
    this.#stopListening = model.onDidChange((id) => this.#tell(id));
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    return treeItem(node);
  }

  /** What is no longer wanted gives an empty answer: the change that made it so asks again. */
  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    try {
      const children = await this.#model.children(node?.id ?? this.#root);
      for (const child of children) if (child.expandable) this.#shown.set(child.id, child);
      return [...children];
    } catch (error) {
      if (isCancelled(error) || !this.#isThere(node)) return [];
      throw error;
    }
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return this.#shown.get(node.parent) ?? this.#model.node(node.parent);
  }

  dispose(): void {
    this.#stopListening();
    this.#changed.dispose();
  }

  #isThere(node: ExplorerNode | undefined): boolean {
    return node === undefined || this.#model.node(node.id) !== undefined;
  }

  #tell(id: string | undefined): void {
    if (id === undefined || id === this.#root) {
      this.#shown.clear();
      this.#changed.fire(undefined);
      return;
    }
    const node = this.#shown.get(id);
    if (node) this.#changed.fire(node);
  }
}
