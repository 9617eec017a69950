import type { CompletionItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Abilities, FeatureContext } from '../../../server/context.ts';
import type { FileFacts, FolderEntry, Folders } from '../../../server/disk/folders.ts';
import { plainText } from '../../../server/features/completion/snippet.ts';
import { complete } from '../../../server/features/completion.ts';
import { type Cursor, cursorIn } from './cursor.ts';

export const VSCODE: Abilities = { snippets: true, keepsIndentation: true, suggestsAgain: true };

/** A folder in memory: paths with sizes, folders end with `/`. */
export class MemoryFolders implements Folders {
  readonly #files: Readonly<Record<string, number>>;

  constructor(files: Readonly<Record<string, number>>) {
    this.#files = files;
  }

  async list(folder: string): Promise<readonly FolderEntry[] | undefined> {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const below = Object.keys(this.#files).filter((path) => path.startsWith(prefix));
    const names = new Map<string, boolean>();
    for (const path of below) {
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      if (name !== '') names.set(name, rest.length > 0 || (names.get(name) ?? false));
    }
    return [...names].map(([name, isFolder]) => ({ name, isFolder }));
  }

  async facts(path: string): Promise<FileFacts | undefined> {
    const bytes = this.#files[path];
    if (bytes !== undefined) return { kind: 'file', bytes };
    const folder = path.endsWith('/') ? path : `${path}/`;
    const isFolder = Object.keys(this.#files).some((file) => file.startsWith(folder));
    return isFolder ? { kind: 'folder', bytes: 0 } : undefined;
  }
}

export function contextWith(
  files: Readonly<Record<string, number>> = {},
  changes: Partial<FeatureContext> = {},
): FeatureContext {
  return {
    folder: '/kit',
    folders: new MemoryFolders(files),
    ignores: async () => undefined,
    abilities: VSCODE,
    ...changes,
  };
}

export interface Offered {
  readonly cursor: Cursor;
  readonly items: readonly CompletionItem[];
  readonly labels: readonly string[];
}

/** What completion offers at the cursor, in the order in which an editor shows it. */
export async function offeredAt(marked: string, context: FeatureContext = contextWith()): Promise<Offered> {
  const cursor = cursorIn(marked);
  const { items } = await complete(cursor.document, cursor.position, context);
  const sorted = items.toSorted((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1));
  return { cursor, items: sorted, labels: sorted.map(({ label }) => label) };
}

/** The document after the item of that label was taken, tab stops filled with their defaults. */
export function afterTaking({ cursor, items }: Offered, label: string): string {
  const item = items.find((one) => one.label === label);
  if (!item) throw new Error(`"${label}" is not offered, only: ${items.map((one) => one.label).join(', ')}`);
  return applied(cursor.document, item);
}

export function applied(document: TextDocument, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
  if (textEdit === undefined || !('range' in textEdit)) throw new Error('An item without a range.');
  const edit = { range: textEdit.range, newText: plainText(textEdit.newText) };
  return TextDocument.applyEdits(document, [...additionalTextEdits, edit]);
}

/** The document after the item was taken, with the cursor where the editor puts it. */
export function typedAfterTaking(offered: Offered, label: string): string {
  const item = offered.items.find((one) => one.label === label);
  const edit = item?.textEdit;
  if (!item || edit === undefined || !('range' in edit)) throw new Error(`"${label}" is not offered.`);
  const stop = edit.newText.search(/\$1|\$\{1:/) === -1 ? /\$0/ : /\$1/;
  const marked = plainText(edit.newText.replace(stop, '|'));
  return applied(offered.cursor.document, { ...item, textEdit: { range: edit.range, newText: marked } });
}
