import { readFile } from 'node:fs/promises';

export const root = new URL('../../', import.meta.url);
export const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];

export const readDocument = (name: string): Promise<string> => readFile(new URL(name, root), 'utf8');

/** The contents of fenced blocks in this language. */
export function blocks(markdown: string, language: string): readonly string[] {
  const fence = new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\``, 'gms');
  return [...markdown.matchAll(fence)].map(([, content = '']) => content);
}

/** Cells of all table rows whose first cell is code, without its backticks there. */
export function codeRows(markdown: string): readonly (readonly string[])[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const cells = row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim());
    return [cells[0]?.replaceAll('`', '') ?? '', ...cells.slice(1)];
  });
}

/** Everything from this heading to the next of its level. */
export function section(markdown: string, heading: string): string {
  const parts = markdown.split(/^## /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** Words of a shell line as a shell would split it, without its comment. */
export function shellWords(line: string): readonly string[] {
  const words = line.match(/"[^"]*"|'[^']*'|#.*$|[^\s]+/g) ?? [];
  return words.filter((word) => !word.startsWith('#')).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
}
