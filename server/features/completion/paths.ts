import { join } from 'node:path';
import { CompletionItemKind } from 'vscode-languageserver';
import { KITFILE_NAMES } from '#engine';
import type { FeatureContext } from '../../context.ts';
import { type FolderEntry, insideFolder } from '../../disk/folders.ts';
import { fitsLayer } from '../../layerFit.ts';
import { scalarText } from '../../yaml/scalarText.ts';
import type { ValueSlot } from '../../yaml/slots.ts';
import type { Draft } from './draft.ts';
import { valueDraft } from './values.ts';

/** A folder may have any number of files; beyond this, only those that begin as typed are offered. */
const MOST_ENTRIES = 1000;

const IGNORED = 'left out by .kitignore';
const WHOLE_FOLDER = 'the whole folder of the Kitfile';

export interface PathDrafts {
  readonly drafts: readonly Draft[];
  /** More is there than is offered: ask again after the next key. */
  readonly isIncomplete: boolean;
}

/** Files and folders of the Kitfile's folder, one level at a time; what suits the layer first, ignored ones last. */
export async function pathDrafts(
  slot: ValueSlot,
  layer: string,
  text: string,
  offset: number,
  context: FeatureContext,
): Promise<PathDrafts> {
  const typed = slot.scalar === undefined ? text.slice(slot.span.start, offset) : scalarText(text, slot.scalar, offset);
  const above = typed.slice(0, typed.lastIndexOf('/') + 1);
  const folder = context.folder === undefined ? undefined : insideFolder(context.folder, above || '.');
  if (context.folder === undefined || folder === undefined) return { drafts: [], isIncomplete: false };
  const [entries = [], ignores] = await Promise.all([context.folders.list(folder), context.ignores(context.folder)]);
  const usable = entries.filter(({ name }) => isUsable(name, folder === context.folder));
  const begun = usable.filter(({ name }) => name.startsWith(typed.slice(above.length)));
  const offered = usable.length <= MOST_ENTRIES ? usable : begun.slice(0, MOST_ENTRIES);
  const root = cleanFolder(above);
  const drafts = offered.map((entry) => {
    const ignored = ignores?.(root + entry.name) ?? false;
    return {
      ...pathDraft(slot, above, entry, text),
      ...standing(entry, layer, ignored),
      data: { path: join(folder, entry.name) },
    };
  });
  return {
    drafts: [...wholeFolder(slot, layer, typed, text), ...drafts],
    isIncomplete: offered.length < usable.length,
  };
}

function pathDraft(slot: ValueSlot, above: string, { name, isFolder }: FolderEntry, text: string) {
  const draft = valueDraft(slot, above + name + (isFolder ? '/' : ''), text, isFolder ? '$0' : '');
  return {
    ...draft,
    label: name + (isFolder ? '/' : ''),
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    asksOn: isFolder,
  };
}

function standing({ name, isFolder }: FolderEntry, layer: string, ignored: boolean) {
  const rank = ignored ? 2 : isFolder || fitsLayer(layer, name) ? 0 : 1;
  return { sort: `${rank}${isFolder ? 0 : 1}${name}`, ...(ignored ? { detail: IGNORED } : {}) };
}

/** `.` is a usual path for code and data. */
function wholeFolder(slot: ValueSlot, layer: string, typed: string, text: string): readonly Draft[] {
  if (typed !== '' || layer === 'mcpb') return [];
  return [{ ...valueDraft(slot, '.', text), kind: CompletionItemKind.Folder, detail: WHOLE_FOLDER, sort: '3' }];
}

/** Not offered: what is never packed, and names that a Kitfile cannot write down. */
function isUsable(name: string, atTop: boolean): boolean {
  if (name.includes('\ufffd') || name.includes('\\')) return false;
  return !(atTop && (KITFILE_NAMES.includes(name) || name === '.kitignore'));
}

/** `./a//b/` as `a/b/`, for the rules of .kitignore. */
function cleanFolder(above: string): string {
  const parts: string[] = [];
  for (const part of above.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.map((part) => `${part}/`).join('');
}
