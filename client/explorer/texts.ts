import type { Localizer } from '../ui/localizer.ts';

/** All words of the explorer's trees and pages that depend on what is shown. */
export interface Texts {
  readonly language: string;
  readonly localStore: string;
  readonly nameless: string;
  readonly untagged: string;
  readonly incomplete: string;
  readonly incompleteHint: string;
  readonly added: string;
  readonly loadMore: string;
  readonly notAKit: string;
  readonly gone: string;
  readonly notInExplorer: string;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly kinds: Readonly<Record<NodeWord, string>>;
  readonly actions: Readonly<Record<ActionName, string>>;
  shown(count: string): string;
  kits(count: number, shownCount: string): string;
  layers(count: number, shownCount: string): string;
  searchCut(host: string, count: string): string;
  searchFailed(host: string, sentence: string): string;
  searchHits(count: string): string;
  unexpected(sentence: string): string;
}

export type FactName = 'reference' | 'digest' | 'size' | 'layers' | 'tags' | 'name' | 'author' | 'packedWith' | 'where';
export type NodeWord = 'storeRepository' | 'kit' | 'registry' | 'repository' | 'layer' | 'error';
export type ActionName =
  | 'push'
  | 'pull'
  | 'unpack'
  | 'tag'
  | 'remove'
  | 'copyReference'
  | 'logIn'
  | 'addRepository'
  | 'addRegistry'
  | 'retry'
  | 'showLog';

/** @param language of the numbers, as `vscode.env.language` */
export function explorerTexts(l10n: Localizer, language: string): Texts {
  return {
    language,
    ...names(l10n),
    facts: factNames(l10n),
    kinds: nodeWords(l10n),
    actions: actionNames(l10n),
    ...sentences(l10n),
  };
}

function names(l10n: Localizer) {
  return {
    localStore: l10n.t('Local Store'),
    nameless: l10n.t('Without a name'),
    untagged: l10n.t('untagged'),
    incomplete: l10n.t('incomplete'),
    incompleteHint: l10n.t('A part of this ModelKit is missing. Pull it again to complete it.'),
    added: l10n.t('added by name'),
    loadMore: l10n.t('Load more…'),
    notAKit: l10n.t('This is no ModelKit.'),
    gone: l10n.t('This ModelKit is no longer in the local store.'),
    notInExplorer: l10n.t('This is not in the explorer.'),
  };
}

function factNames(l10n: Localizer): Readonly<Record<FactName, string>> {
  return {
    reference: l10n.t('Reference'),
    digest: l10n.t('Digest'),
    size: l10n.t('Size'),
    layers: l10n.t('Layers'),
    tags: l10n.t('Tags'),
    name: l10n.t('Name'),
    author: l10n.t('Author'),
    packedWith: l10n.t('Packed with'),
    where: l10n.t('Stored in'),
  };
}

function nodeWords(l10n: Localizer): Readonly<Record<NodeWord, string>> {
  return {
    storeRepository: l10n.t('local repository'),
    kit: l10n.t('ModelKit'),
    registry: l10n.t('registry'),
    repository: l10n.t('repository'),
    layer: l10n.t('layer'),
    error: l10n.t('error'),
  };
}

function actionNames(l10n: Localizer): Readonly<Record<ActionName, string>> {
  return {
    push: l10n.t('Push'),
    pull: l10n.t('Pull'),
    unpack: l10n.t('Unpack'),
    tag: l10n.t('Tag'),
    remove: l10n.t('Remove'),
    copyReference: l10n.t('Copy Reference'),
    logIn: l10n.t('Log In'),
    addRepository: l10n.t('Add Repository'),
    addRegistry: l10n.t('Add Registry'),
    retry: l10n.t('Try Again'),
    showLog: l10n.t('Show Log'),
  };
}

function sentences(l10n: Localizer) {
  return {
    shown: (count: string) => l10n.t('{0} shown, there are more.', count),
    kits: (count: number, shownCount: string) =>
      count === 1 ? l10n.t('1 ModelKit') : l10n.t('{0} ModelKits', shownCount),
    layers: (count: number, shownCount: string) => (count === 1 ? l10n.t('1 layer') : l10n.t('{0} layers', shownCount)),
    searchCut: (host: string, count: string) => l10n.t('Only the first {1} names in {0} were searched.', host, count),
    searchFailed: (host: string, sentence: string) => l10n.t('{0} could not be searched: {1}', host, sentence),
    searchHits: (count: string) => l10n.t('Only the first {0} results are shown. Type more of the name.', count),
    unexpected: (sentence: string) => l10n.t('Something unexpected happened: {0}', sentence),
  };
}
