import './explorer.css';
import { defineToolkit } from '../components/toolkit.ts';
import { ExplorerPage } from './explorerPage.ts';
import { connectHost } from './host.ts';
import { parseState, savedState } from './savedState.ts';

/** Starts the page: asks the host for its words, then shows what was shown last. */
async function main(): Promise<void> {
  defineToolkit();
  const vscode = acquireVsCodeApi();
  const opened = Promise.withResolvers<ExplorerPage>();
  const whenOpen = (tell: (page: ExplorerPage) => void): void => void opened.promise.then(tell);
  const host = connectHost((message) => vscode.postMessage(message), {
    changed: () => whenOpen((page) => page.changed()),
    select: ({ id }) => whenOpen((page) => page.select(id)),
    found: ({ text, ...found }) => whenOpen((page) => page.found(text, found)),
  });
  const start = await host.request('start', {});
  const state = parseState(vscode.getState());
  document.documentElement.lang = start.language;
  const page = new ExplorerPage(host, start, state, (kept) => vscode.setState(savedState(kept)));
  document.body.append(page.root);
  window.addEventListener('pagehide', () => page.saveNow());
  await page.start(state, start.selected);
  opened.resolve(page);
}

void main();
