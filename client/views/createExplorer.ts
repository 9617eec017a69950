import * as vscode from 'vscode';
import { REGISTRIES_VIEW, STORE_VIEW } from '../contributions.ts';
import { fromWire } from '../engine/wire.ts';
import { engineSource } from '../explorer/engineSource.ts';
import { ExplorerModel, REGISTRIES_ID, STORE_ID } from '../explorer/model.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import { targetId } from '../explorer/targetId.ts';
import { explorerTexts } from '../explorer/texts.ts';
import type { NodeTarget } from '../nodeTarget.ts';
import type { Explorer, Services } from '../services.ts';
import { errorText } from '../ui/errorText.ts';
import { ExplorerPanel } from '../webviews/explorer/explorerPanel.ts';
import { ExplorerTree } from './explorerTree.ts';
import { focusedNode } from './focusedNode.ts';
import { searchPick } from './searchPick.ts';

/** The two trees and the page over one model. */
export function createExplorer(services: Omit<Services, 'explorer'>): Explorer {
  const { language } = vscode.env;
  const source = engineSource(services.engine, services.registries, (error) => worded(error, language));
  return new ExplorerWindow(new ExplorerModel(source, explorerTexts(vscode.l10n, language)), services.extensionUri);
}

/** English readers get the engine's own words with their advice; all others one translated sentence. */
function worded(error: unknown, language: string): unknown {
  const known = fromWire(error);
  if (/^en\b/i.test(language) || known.code === 'CANCELLED') return known;
  return Object.assign(new Error(errorText(known, vscode.l10n, language), { cause: error }), { code: known.code });
}

class ExplorerWindow implements Explorer {
  readonly #model: ExplorerModel;
  readonly #panel: ExplorerPanel;
  readonly #store: vscode.TreeView<ExplorerNode>;
  readonly #registries: vscode.TreeView<ExplorerNode>;
  readonly #parts: vscode.Disposable;

  constructor(model: ExplorerModel, extensionUri: vscode.Uri) {
    this.#model = model;
    this.#panel = new ExplorerPanel(model, extensionUri);
    const storeTree = new ExplorerTree(model, STORE_ID);
    const registriesTree = new ExplorerTree(model, REGISTRIES_ID);
    this.#store = vscode.window.createTreeView(STORE_VIEW, { treeDataProvider: storeTree });
    this.#registries = vscode.window.createTreeView(REGISTRIES_VIEW, { treeDataProvider: registriesTree });
    this.#parts = vscode.Disposable.from(
      this.#store,
      this.#registries,
      storeTree,
      registriesTree,
      this.#panel,
      new vscode.Disposable(() => model.dispose()),
    );
  }

  /** A target is read again alone; a side as a whole. */
  refresh(what?: NodeTarget['where'] | NodeTarget): void {
    if (what === undefined) this.#model.refresh();
    else if (what === 'local') this.#model.refresh(STORE_ID);
    else if (what === 'registry') this.#model.refreshRegistries();
    else this.#model.refresh(targetId(what));
  }

  async reveal(target: NodeTarget): Promise<void> {
    const id = targetId(target);
    const node = id === undefined ? undefined : this.#model.node(id);
    if (!node) return;
    const view = node.where === 'local' ? this.#store : this.#registries;
    try {
      await view.reveal(node, { select: true, focus: true, expand: node.kind === 'repository' });
    } catch {
      // VS Code finds only what is on a page that is loaded; the page shows the others.
      await this.open(target);
    }
  }

  async open(target?: NodeTarget): Promise<void> {
    const isKit = target?.reference !== undefined;
    this.#panel.open(isKit ? targetId(target) : undefined);
  }

  /** Also tries again what failed, where the node is of kind `error`. */
  async loadMore(target: NodeTarget): Promise<void> {
    const isStandIn = target.kind === 'more' || target.kind === 'error';
    const id = isStandIn && 'parent' in target ? String(target.parent) : targetId(target);
    if (id !== undefined) await this.#model.more(id);
  }

  async search(): Promise<void> {
    const node = await searchPick(this.#model);
    if (!node) return;
    if (node.reference === undefined) await this.reveal(node);
    else await this.open(node);
  }

  focused(): Promise<NodeTarget | undefined> {
    return focusedNode([this.#store, this.#registries]);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
