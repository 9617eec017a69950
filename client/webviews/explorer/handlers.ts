import type { ExplorerAction, ExplorerEvents, ExplorerRequests, ExplorerStart, TreeNodeView } from '#shared/explorer';
import type { CancelSource, Handlers, WireError } from '#shared/rpc';
import { ExplorerError, errorView } from '../../explorer/failure.ts';
import { type ExplorerModel, REGISTRIES_ID } from '../../explorer/model.ts';
import type { ExplorerNode } from '../../explorer/node.ts';
import type { SearchResult } from '../../explorer/search.ts';
import type { Texts } from '../../explorer/texts.ts';
import { storeRow, treeNodeView } from '../../explorer/treeNodeView.ts';
import type { NodeTarget } from '../../nodeTarget.ts';
import { Params } from './checked.ts';

const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]{16,}$/;

/** What the handlers need of the window that the page is in. */
export interface PageWindow {
  start(): ExplorerStart;
  /** Carries out an action with the dialogs of its command; false where the user gave up. */
  act(action: ExplorerAction, target: NodeTarget | undefined): Promise<boolean>;
  copy(text: string): Promise<void>;
  found(p: Parameters<ExplorerEvents['found']>[0]): void;
}

/** Answers the page. What it sends is checked first, and leads nowhere but to what the explorer itself shows. */
export function explorerHandlers(model: ExplorerModel, window: PageWindow): Handlers<ExplorerRequests> {
  return {
    start: () => window.start(),
    children: (p, cancel) => children(model, new Params(p).optionalId(), signalOf(cancel)),
    more: async (p, cancel) => views(await model.more(new Params(p).id(), signalOf(cancel))),
    known: (p, cancel) => known(model, new Params(p).ids(), signalOf(cancel)),
    refresh: (p) => {
      model.refresh(new Params(p).optionalId());
      return {};
    },
    search: async (p, cancel) => {
      const text = new Params(p).text();
      const found = await model.search(text, signalOf(cancel), (result) =>
        window.found({ text, ...searchView(result) }),
      );
      return searchView(found);
    },
    details: (p, cancel) => model.details(new Params(p).id(), signalOf(cancel)),
    action: async (p) => {
      const params = new Params(p);
      return { done: await act(model, window, params.action(), params.optionalId(), params.optionalValue()) };
    },
  };
}

/** An error as the page hears of it: worded, with the ways out as data. */
export function toWire(texts: Texts): (error: unknown) => WireError {
  return (error) => {
    const view = errorView(error, texts);
    return { code: view.code, message: view.message, data: view };
  };
}

function signalOf(cancel: CancelSource): AbortSignal {
  const controller = new AbortController();
  cancel.onCancel(() => controller.abort());
  return controller.signal;
}

async function children(model: ExplorerModel, id: string | undefined, signal: AbortSignal) {
  if (id !== undefined) return views(await model.children(id, signal));
  return [storeRow(model.texts), ...views(await model.children(REGISTRIES_ID, signal))];
}

async function known(model: ExplorerModel, ids: readonly string[], signal: AbortSignal) {
  const found: [string, readonly TreeNodeView[]][] = [];
  for (const id of ids) {
    const nodes = await knownOrGone(model, id, signal);
    if (nodes) found.push([id, views(nodes)]);
  }
  return Object.fromEntries(found);
}

/** Saved state may name what is no longer there: that is simply not known. */
async function knownOrGone(model: ExplorerModel, id: string, signal: AbortSignal) {
  try {
    return await model.known(id, signal);
  } catch (error) {
    if (error instanceof ExplorerError) return undefined;
    throw error;
  }
}

async function act(
  model: ExplorerModel,
  window: PageWindow,
  action: ExplorerAction,
  id: string | undefined,
  value: string | undefined,
): Promise<boolean> {
  if (action === 'copyDigest') {
    if (value === undefined || !DIGEST.test(value)) throw new ExplorerError('INPUT_INVALID', model.texts.notInExplorer);
    await window.copy(value);
    return true;
  }
  const needsTarget = action !== 'addRegistry' && action !== 'showLog';
  const target = id === undefined ? undefined : model.node(id);
  if (needsTarget && !target) throw new ExplorerError('INPUT_INVALID', model.texts.notInExplorer);
  return window.act(action, target);
}

function searchView({ nodes, notes }: SearchResult) {
  return { nodes: views(nodes), notes };
}

function views(nodes: readonly ExplorerNode[]): readonly TreeNodeView[] {
  return nodes.map(treeNodeView);
}
