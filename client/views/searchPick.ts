import * as vscode from 'vscode';
import { errorView, isCancelled } from '../explorer/failure.ts';
import type { ExplorerModel } from '../explorer/model.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import type { SearchResult } from '../explorer/search.ts';
import { withoutIcons } from './withoutIcons.ts';

const PAUSE_MS = 250;

interface FoundItem extends vscode.QuickPickItem {
  readonly node?: ExplorerNode;
}

/** Asks for a text and shows what is found for it while it is found; undefined where the user gave up. */
export function searchPick(model: ExplorerModel): Promise<ExplorerNode | undefined> {
  const pick = vscode.window.createQuickPick<FoundItem>();
  pick.title = vscode.l10n.t('Search ModelKits');
  pick.placeholder = vscode.l10n.t('Part of a repository, or repository:tag');
  let running = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const search = async (text: string, { signal }: AbortController): Promise<void> => {
    const show = (found: SearchResult): void => {
      if (!signal.aborted) pick.items = items(found);
    };
    try {
      show(await model.search(text, signal, show));
    } catch (error) {
      if (!isCancelled(error)) show({ nodes: [], notes: [errorView(error, model.texts).message] });
    }
    if (!signal.aborted) pick.busy = false;
  };
  pick.onDidChangeValue((value) => {
    running.abort();
    clearTimeout(timer);
    running = new AbortController();
    const text = value.trim();
    pick.busy = text !== '';
    if (text === '') pick.items = [];
    else timer = setTimeout(() => void search(text, running), PAUSE_MS);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.node);
      pick.hide();
    });
    pick.onDidHide(() => {
      running.abort();
      clearTimeout(timer);
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

/** All that was found stays in sight: it matched already, in ways that the picker does not know. */
function items({ nodes, notes }: SearchResult): FoundItem[] {
  const found = nodes.map((node): FoundItem => {
    const icon = node.kind === 'storeKit' || node.kind === 'registryKit' ? 'tag' : 'package';
    return {
      node,
      label: `$(${icon}) ${withoutIcons(node.label)}`,
      description: withoutIcons(node.description ?? ''),
      alwaysShow: true,
    };
  });
  return [...found, ...notes.map((note): FoundItem => ({ label: withoutIcons(note), alwaysShow: true }))];
}
