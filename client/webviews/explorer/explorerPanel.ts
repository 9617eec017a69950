import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ExplorerAction, ExplorerEvents, ExplorerRequests } from '#shared/explorer';
import { connect, type Rpc } from '#shared/rpc';
import { type CommandId, EXPLORER_PANEL } from '../../contributions.ts';
import type { ExplorerModel } from '../../explorer/model.ts';
import { pageTexts } from '../../explorer/pageTexts.ts';
import { explorerHandlers, toWire } from './handlers.ts';
import { explorerHtml } from './html.ts';

type Page = Rpc<Record<string, never>, ExplorerEvents>;

/** The explorer page in an editor tab: at most one, and it comes back when the window is opened again. */
export class ExplorerPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #model: ExplorerModel;
  readonly #files: vscode.Uri;
  readonly #icons: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  readonly #parts: vscode.Disposable[] = [];
  #panel: vscode.WebviewPanel | undefined;
  #page: Page | undefined;
  /** What the page shows when it starts. */
  #selected: string | undefined;

  constructor(model: ExplorerModel, extensionUri: vscode.Uri) {
    this.#model = model;
    this.#files = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `kitfile-${theme}.svg`);
    this.#icons = { light: icon('light'), dark: icon('dark') };
    const stop = model.onDidChange((id) => this.#page?.emit('changed', id === undefined ? {} : { id }));
    this.#parts.push(new vscode.Disposable(stop), vscode.window.registerWebviewPanelSerializer(EXPLORER_PANEL, this));
  }

  /** Opens the page or brings it to the front, on this ModelKit when there is one. */
  open(selected?: string): void {
    if (this.#panel) {
      this.#panel.reveal();
      if (selected !== undefined) this.#page?.emit('select', { id: selected });
      return;
    }
    this.#selected = selected;
    this.#use(vscode.window.createWebviewPanel(EXPLORER_PANEL, '', vscode.ViewColumn.Active, {}));
  }

  /** Gives a page of an earlier window its host again; the page has kept what it showed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#panel) panel.dispose();
    else this.#use(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const part of this.#parts) part.dispose();
  }

  #use(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.#panel = panel;
    panel.title = vscode.l10n.t('ModelKit Explorer');
    panel.iconPath = this.#icons;
    webview.options = { enableScripts: true, localResourceRoots: [this.#files] };
    this.#page = this.#connect(webview);
    panel.onDidDispose(() => {
      this.#page?.dispose();
      this.#page = undefined;
      this.#panel = undefined;
    });
    const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.#files, file)).toString();
    webview.html = explorerHtml(
      { script: address('explorer.js'), style: address('explorer.css'), cspSource: webview.cspSource },
      randomBytes(16).toString('base64url'),
      vscode.env.language,
    );
  }

  #connect(webview: vscode.Webview): Page {
    const model = this.#model;
    const handlers = explorerHandlers(model, {
      start: () => this.#start(),
      act: async (action, target) => await vscode.commands.executeCommand<boolean>(COMMANDS[action], target),
      copy: async (text) => vscode.env.clipboard.writeText(text),
      found: (found) => this.#page?.emit('found', found),
    });
    return connect<Record<string, never>, ExplorerEvents, ExplorerRequests>(
      {
        // Don't wait: a page that is gone needs no answer.
        post: (message) => void webview.postMessage(message),
        listen(receive) {
          const heard = webview.onDidReceiveMessage(receive);
          return () => heard.dispose();
        },
      },
      { handlers, toWire: toWire(model.texts) },
    );
  }

  #start() {
    const selected = this.#selected;
    this.#selected = undefined;
    return {
      texts: pageTexts(vscode.l10n),
      language: vscode.env.language,
      ...(selected === undefined ? {} : { selected }),
    };
  }
}

const COMMANDS: Readonly<Record<ExplorerAction, CommandId>> = {
  push: 'modelkit.push',
  pull: 'modelkit.pull',
  unpack: 'modelkit.unpack',
  tag: 'modelkit.tag',
  remove: 'modelkit.remove',
  copyReference: 'modelkit.copyReference',
  copyDigest: 'modelkit.copyDigest',
  addRegistry: 'modelkit.addRegistry',
  addRepository: 'modelkit.addRepository',
  logIn: 'modelkit.logIn',
  showLog: 'modelkit.showLog',
};
