import type { ModelKitView, TreeNodeView } from '#shared/explorer';

const VERSION = 1;
/** Rows and characters that are kept: enough for what a person looks at, little enough to be written often. */
const MOST_ROWS = 3000;
const LONGEST_DETAILS = 500_000;

/** What the page looks like, so that it comes back as it was: after a reload, and without asking anybody. */
export interface PageState {
  readonly searchText: string;
  /** What was found for it. */
  readonly found?: readonly TreeNodeView[];
  readonly expanded: readonly string[];
  readonly active?: string;
  readonly selected?: string;
  readonly tab: string;
  readonly treeTop: number;
  readonly detailsTop: number;
  /** Width of the tree in pixels; absent for the usual one. */
  readonly treeWidth?: number;
  /** Children by id, as they were shown. */
  readonly children: Readonly<Record<string, readonly TreeNodeView[]>>;
  readonly details?: ModelKitView;
}

export const FIRST_STATE: PageState = {
  searchText: '',
  expanded: [],
  tab: 'layers',
  treeTop: 0,
  detailsTop: 0,
  children: {},
};

/** The state in the form in which it is kept. */
export function savedState(state: PageState): unknown {
  const { details, children, ...rest } = state;
  let rows = 0;
  const kept = Object.entries(children).filter(([, nodes]) => {
    rows += nodes.length;
    return rows <= MOST_ROWS;
  });
  const isSmall = details && details.kitfile.length + details.manifest.length <= LONGEST_DETAILS;
  return { version: VERSION, ...rest, children: Object.fromEntries(kept), ...(isSmall ? { details } : {}) };
}

/** Reads what was kept. It may be of another version, or not ours at all: then the page starts anew. */
export function parseState(value: unknown): PageState {
  if (!isRecord(value) || value.version !== VERSION) return FIRST_STATE;
  const { searchText, found, expanded, active, selected, tab, treeTop, detailsTop, treeWidth, children, details } =
    value;
  return {
    searchText: typeof searchText === 'string' ? searchText : '',
    ...(areNodes(found) ? { found } : {}),
    expanded: Array.isArray(expanded) ? expanded.filter((id) => typeof id === 'string') : [],
    ...(typeof active === 'string' ? { active } : {}),
    ...(typeof selected === 'string' ? { selected } : {}),
    tab: typeof tab === 'string' ? tab : FIRST_STATE.tab,
    treeTop: typeof treeTop === 'number' ? treeTop : 0,
    detailsTop: typeof detailsTop === 'number' ? detailsTop : 0,
    ...(typeof treeWidth === 'number' ? { treeWidth } : {}),
    children: isRecord(children) ? Object.fromEntries(Object.entries(children).filter(isChildren)) : {},
    ...(isModelKit(details) ? { details } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isChildren(entry: [string, unknown]): entry is [string, TreeNodeView[]] {
  return areNodes(entry[1]);
}

function areNodes(value: unknown): value is TreeNodeView[] {
  return Array.isArray(value) && value.every(isNode);
}

function isNode(value: unknown): value is TreeNodeView {
  return isRecord(value) && ['id', 'kind', 'label', 'spoken'].every((key) => typeof value[key] === 'string');
}

function isModelKit(value: unknown): value is ModelKitView {
  if (!isRecord(value)) return false;
  const texts = ['id', 'title', 'subtitle', 'totalSize', 'kitfile', 'manifest'];
  const lists = ['facts', 'actions', 'layers'];
  return texts.every((key) => typeof value[key] === 'string') && lists.every((key) => areRecords(value[key]));
}

function areRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}
