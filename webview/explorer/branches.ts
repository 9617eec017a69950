import type { TreeNodeView } from '#shared/explorer';
import { failureOf, type Host, isCancelled } from './host.ts';
import { ROOTS, type TreeModel } from './treeModel.ts';
import type { Words } from './words.ts';

/** Fills a tree with what the host tells; who closes a node while it loads gives the request up. */
export class Branches {
  readonly #host: Host;
  readonly #words: Words;
  readonly #loading = new Map<string, AbortController>();

  constructor(host: Host, words: Words) {
    this.#host = host;
    this.#words = words;
  }

  /** Loads the children of a node; false where that was given up. */
  load(tree: TreeModel, id: string): Promise<boolean> {
    return this.#fill(tree, id, (signal) => this.#host.request('children', id === ROOTS ? {} : { id }, signal));
  }

  /** Loads the next page of a node, or what failed there once more. */
  more(tree: TreeModel, id: string): Promise<boolean> {
    return this.#fill(tree, id, (signal) => this.#host.request('more', { id }, signal));
  }

  giveUp(id: string): void {
    this.#loading.get(id)?.abort();
  }

  /** Reads again what is open. What has not changed costs no request of a registry. */
  async again(tree: TreeModel): Promise<void> {
    await this.load(tree, ROOTS);
    await Promise.all(tree.openNodes().map((id) => this.load(tree, id)));
  }

  async #fill(
    tree: TreeModel,
    id: string,
    read: (signal: AbortSignal) => Promise<readonly TreeNodeView[]>,
  ): Promise<boolean> {
    this.giveUp(id);
    const controller = new AbortController();
    this.#loading.set(id, controller);
    try {
      const nodes = await read(controller.signal);
      if (controller.signal.aborted) return false;
      tree.setChildren(id, nodes);
      return true;
    } catch (error) {
      if (isCancelled(error) || controller.signal.aborted) return false;
      tree.setChildren(id, [this.#failed(id, error)]);
      return true;
    } finally {
      if (this.#loading.get(id) === controller) this.#loading.delete(id);
    }
  }

  #failed(id: string, failure: unknown): TreeNodeView {
    const error = failureOf(failure, this.#words.retry);
    const { message, code } = error;
    return {
      id: `error:${id}`,
      kind: 'error',
      label: message,
      description: code,
      spoken: `${message}, ${code}`,
      expandable: false,
      error,
    };
  }
}
