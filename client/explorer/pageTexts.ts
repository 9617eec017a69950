import type { ExplorerText } from '#shared/explorer';
import type { Localizer } from '../ui/localizer.ts';

/** The words of the explorer page that are always the same; `{0}` in one is filled in by the page. */
export function pageTexts(l10n: Localizer): Readonly<Record<ExplorerText, string>> {
  return { ...treeTexts(l10n), ...detailTexts(l10n) };
}

function treeTexts(l10n: Localizer) {
  return {
    treeLabel: l10n.t('ModelKits'),
    searchLabel: l10n.t('Search'),
    searchPlaceholder: l10n.t('Search repositories and tags'),
    searchEmpty: l10n.t('Nothing found.'),
    searchRunning: l10n.t('Searching…'),
    searchFound: l10n.t('Results: {0}', '{0}'),
    clearSearch: l10n.t('Clear Search'),
    loading: l10n.t('Loading…'),
    loaded: l10n.t('{0}: {1} loaded', '{0}', '{1}'),
    retry: l10n.t('Try Again'),
    emptyTree: l10n.t('No registry yet. Add one to browse and pull its ModelKits.'),
    emptyBranch: l10n.t('Nothing here'),
    addRegistry: l10n.t('Add Registry'),
    refresh: l10n.t('Refresh'),
    resize: l10n.t('Width of the tree'),
  };
}

function detailTexts(l10n: Localizer) {
  return {
    nothingSelected: l10n.t('No ModelKit selected'),
    nothingSelectedHint: l10n.t('Choose a tag in the tree to see its layers, Kitfile and manifest.'),
    detailsLabel: l10n.t('Details'),
    tabsLabel: l10n.t('Contents'),
    tabLayers: l10n.t('Layers'),
    tabKitfile: l10n.t('Kitfile'),
    tabManifest: l10n.t('Manifest'),
    columnKind: l10n.t('Type'),
    columnName: l10n.t('Name'),
    columnPath: l10n.t('Path'),
    columnSize: l10n.t('Size'),
    columnShare: l10n.t('Share'),
    columnDigest: l10n.t('Digest'),
    total: l10n.t('Total'),
    noLayers: l10n.t('This ModelKit has no layers.'),
    copy: l10n.t('Copy'),
    copied: l10n.t('Copied: {0}', '{0}'),
    layersLabel: l10n.t('Layers'),
    showing: l10n.t('Showing {0}', '{0}'),
    failed: l10n.t('This did not work'),
  };
}
