import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { complete } from '../../server/features/completion.ts';
import { documentSymbols } from '../../server/features/documentSymbols.ts';
import { hover } from '../../server/features/hover.ts';
import { documentOf } from './support/cursor.ts';
import { applied, contextWith } from './support/features.ts';
import { KITFILES } from './support/kitfiles.ts';

const context = contextWith({
  '/kit/model/a.bin': 1,
  '/kit/a: b.csv': 1,
  '/kit/x, y [z].csv': 1,
  '/kit/data/t.csv': 1,
});

describe('every prefix of a Kitfile', () => {
  it.each(KITFILES)('%s has outline, hover and completion at its end', async (_name, text) => {
    for (let end = 0; end <= text.length; end++) {
      const document = documentOf(text.slice(0, end));
      const position = document.positionAt(end);
      documentSymbols(document);
      await hover(document, position, context);
      await complete(document, position, context);
    }
  });
});

describe('every cursor of a Kitfile', () => {
  it.each(KITFILES)('%s still parses after any item was taken', async (_name, text) => {
    const document = documentOf(text);
    const before = errorsOf(text);
    const broken: string[] = [];
    for (let offset = 0; offset <= text.length; offset++) {
      const { items } = await complete(document, document.positionAt(offset), context);
      for (const item of items.slice(0, 20)) {
        const after = applied(document, item);
        if (errorsOf(after) > before) broken.push(`${offset} ${item.label}:\n${after}`);
      }
    }
    expect(broken.slice(0, 3)).toEqual([]);
  });

  it.each(KITFILES)('%s has each key once after any key was taken in a new line', async (_name, text) => {
    const lines = text.split('\n');
    const broken: string[] = [];
    for (const [at, line] of lines.entries()) {
      const marked = documentOf([...lines.slice(0, at), `${indentOf(line)}`, ...lines.slice(at)].join('\n'));
      const position = { line: at, character: indentOf(line).length };
      const { items } = await complete(marked, position, context);
      for (const item of items) {
        const after = applied(marked, item);
        if (errorsOf(after) > errorsOf(text)) broken.push(`${at} ${item.label}:\n${after}`);
      }
    }
    expect(broken.slice(0, 3)).toEqual([]);
  });
});

function errorsOf(text: string): number {
  return parseDocument(text, { logLevel: 'silent' }).errors.length;
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}
