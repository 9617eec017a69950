import type { ErrorView } from '#shared/explorer';
import type { NodeTarget } from '../nodeTarget.ts';
import { type Address, idOf, type KitAddress, referenceOf, repositoryOf } from './address.ts';
import { type Format, shortDigest } from './format.ts';
import type { ExplorerRegistry, KitLayer, LocalEntry } from './source.ts';
import type { Texts } from './texts.ts';
import { visibleText } from './visibleText.ts';

/** Where ModelKits without a name are (spec 4.4). */
export const NAMELESS = 'localhost/_';

/** One element of the explorer, ready to be shown; a command takes it as it is. Others' names in it are escaped. */
export interface ExplorerNode extends NodeTarget {
  readonly id: string;
  /** Id of the node that it is below. */
  readonly parent: string;
  readonly label: string;
  readonly description?: string;
  /** Plain text of some lines. */
  readonly tooltip: string;
  /** What a screen reader says: no markup, no icon. */
  readonly spoken: string;
  readonly expandable: boolean;
  /** For one of kind `error`. */
  readonly error?: ErrorView;
}

/** Makes nodes of what the source tells. */
export class NodeFactory {
  readonly #texts: Texts;
  readonly #format: Format;

  constructor(texts: Texts, format: Format) {
    this.#texts = texts;
    this.#format = format;
  }

  /** A repository of the local store with its kits. Its own name comes first: in a narrow view the registry is cut. */
  storeRepository(repository: string, entries: readonly LocalEntry[]): ExplorerNode {
    const { registry, label } = this.#localName(repository);
    const kits = this.#texts.kits(entries.length, this.#format.count(entries.length));
    const description = [registry, kits].filter(Boolean).join(' · ');
    return {
      ...of({ type: 'storeRepository', repository }, { type: 'store' }),
      kind: 'storeRepository',
      where: 'local',
      repository,
      label,
      description,
      tooltip: lines(visibleText(repository), kits),
      spoken: spoken(this.#texts.kinds.storeRepository, label, registry, kits),
      expandable: true,
    };
  }

  /** As kit shows it, but for the registry: without `localhost`; `_` holds what has no name (spec 4.7). */
  #localName(repository: string): { readonly registry: string; readonly label: string } {
    if (repository === NAMELESS) return { registry: '', label: this.#texts.nameless };
    const slash = repository.indexOf('/');
    const registry = visibleText(repository.slice(0, slash));
    return { registry: registry === 'localhost' ? '' : registry, label: visibleText(repository.slice(slash + 1)) };
  }

  /** A kit of the local store under one of its tags, or by its digest where it has none. */
  storeKit(entry: LocalEntry, tag: string | undefined): ExplorerNode {
    const { repository, digest } = entry;
    const address: KitAddress = { type: 'storeKit', repository, name: tag ?? digest };
    const label = tag === undefined ? shortDigest(digest) : visibleText(tag);
    const size = this.#format.size(entry.size);
    const marks = [
      ...(tag === undefined ? [this.#texts.untagged] : []),
      ...(entry.incomplete ? [this.#texts.incomplete] : []),
    ];
    const description = [...marks, size, ...(tag === undefined ? [] : [shortDigest(digest)])].join(' · ');
    const layerCount = this.#texts.layers(entry.layerCount, this.#format.count(entry.layerCount));
    return {
      ...of(address, { type: 'storeRepository', repository }),
      kind: 'storeKit',
      where: 'local',
      repository,
      reference: referenceOf(address),
      digest,
      label,
      description,
      tooltip: lines(
        visibleText(referenceOf(address)),
        visibleText([entry.name, entry.author].filter(Boolean).join(' · ')),
        `${size} · ${layerCount}`,
        digest,
        entry.incomplete ? this.#texts.incompleteHint : '',
      ),
      spoken: spoken(this.#texts.kinds.kit, label, description),
      expandable: true,
    };
  }

  registry({ host }: ExplorerRegistry): ExplorerNode {
    const label = visibleText(host);
    return {
      ...of({ type: 'registry', host }, { type: 'registries' }),
      kind: 'registry',
      where: 'registry',
      registry: host,
      label,
      tooltip: label,
      spoken: spoken(this.#texts.kinds.registry, label),
      expandable: true,
    };
  }

  /** @param pinned true for one that the user added by name */
  repository(host: string, repository: string, pinned: boolean): ExplorerNode {
    const address: Address = { type: 'repository', host, repository };
    const label = visibleText(repository);
    return {
      ...of(address, { type: 'registry', host }),
      kind: 'repository',
      where: 'registry',
      registry: host,
      repository: repositoryOf(address),
      label,
      ...(pinned ? { description: this.#texts.added } : {}),
      tooltip: visibleText(repositoryOf(address)),
      spoken: spoken(this.#texts.kinds.repository, label, ...(pinned ? [this.#texts.added] : [])),
      expandable: true,
    };
  }

  registryKit(host: string, repository: string, name: string): ExplorerNode {
    const address: KitAddress = { type: 'registryKit', host, repository, name };
    const label = visibleText(name);
    return {
      ...of(address, { type: 'repository', host, repository }),
      kind: 'registryKit',
      where: 'registry',
      registry: host,
      repository: repositoryOf(address),
      reference: referenceOf(address),
      ...(name.includes(':') ? { digest: name } : {}),
      label,
      tooltip: visibleText(referenceOf(address)),
      spoken: spoken(this.#texts.kinds.kit, label),
      expandable: true,
    };
  }

  layer(kit: ExplorerNode, layer: KitLayer, index: number): ExplorerNode {
    const label = visibleText(layer.name ? layer.name : layer.path);
    const size = this.#format.size(layer.size);
    const share = this.#format.share(layer.share);
    const description = `${layer.kind} · ${size} · ${share}`;
    return {
      ...targetOf(kit),
      id: `${kit.id}#${index}`,
      parent: kit.id,
      kind: 'layer',
      digest: layer.digest,
      label,
      description,
      tooltip: lines(
        visibleText(layer.path),
        visibleText(layer.mediaType),
        `${size} · ${share}`,
        visibleText(layer.digest),
      ),
      spoken: spoken(this.#texts.kinds.layer, label, description),
      expandable: false,
    };
  }

  /** Stands for the pages that are not loaded yet. */
  more(parent: ExplorerNode, shown: number): ExplorerNode {
    const description = this.#texts.shown(this.#format.count(shown));
    return {
      ...targetOf(parent),
      id: `more:${parent.id}`,
      parent: parent.id,
      kind: 'more',
      label: this.#texts.loadMore,
      description,
      tooltip: description,
      spoken: spoken(this.#texts.loadMore, description),
      expandable: false,
    };
  }

  /** Stands for what could not be loaded below a node, or below a root. */
  error(parent: ExplorerNode | undefined, root: string, error: ErrorView): ExplorerNode {
    return {
      ...(parent ? targetOf(parent) : { where: 'local' as const }),
      id: `error:${parent?.id ?? root}`,
      parent: parent?.id ?? root,
      kind: 'error',
      label: error.message,
      description: error.code,
      tooltip: lines(error.code, error.message, error.advice ?? ''),
      spoken: spoken(this.#texts.kinds.error, error.message, error.code, error.advice ?? ''),
      expandable: false,
      error,
    };
  }

  /** The same node as a search shows it: under its full name. */
  found(node: ExplorerNode, label: string): ExplorerNode {
    const place = node.registry ?? this.#texts.localStore;
    const shown = visibleText(label);
    return { ...node, label: shown, description: visibleText(place), spoken: spoken(shown, visibleText(place)) };
  }
}

function of(address: Address, parent: Address): Pick<ExplorerNode, 'id' | 'parent'> {
  return { id: idOf(address), parent: idOf(parent) };
}

/** What a node below another says to a command: the same place. */
function targetOf({ where, registry, repository, reference, digest }: ExplorerNode): Omit<NodeTarget, 'kind'> {
  return {
    where,
    ...(registry === undefined ? {} : { registry }),
    ...(repository === undefined ? {} : { repository }),
    ...(reference === undefined ? {} : { reference }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function lines(...parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n');
}

function spoken(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(', ');
}
