import { describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { documentLinks } from '../../server/features/documentLinks.ts';
import { documentSymbols } from '../../server/features/documentSymbols.ts';
import { documentOf } from './support/cursor.ts';
import { contextWith } from './support/features.ts';
import { kitfile } from './support/kitfiles.ts';

describe('the outline', () => {
  it('has the sections, and their entries by name or path', () => {
    const symbols = documentSymbols(documentOf(kitfile('sentiment.yaml')));
    expect(symbols.map(title)).toEqual([
      'manifestVersion: 1.0.0',
      'package: sentiment-model',
      'model: sentiment',
      'code',
      'datasets',
      'docs',
      'prompts',
    ]);
    expect(symbols[4]?.children?.map(title)).toEqual(['training', 'validation']);
    expect(symbols[3]?.children?.map(title)).toEqual(['./src', './notebooks/Explore Data.ipynb']);
  });

  it('is there while a key is half typed', () => {
    expect(documentSymbols(documentOf('model:\n  na\n  path: m\ncode:\n  - ')).map(title)).toEqual([
      'model: m',
      'code',
    ]);
  });
});

describe('links', () => {
  const context = contextWith({ '/kit/train.py': 1, '/kit/model/a.bin': 1, "/kit/it's.csv": 1 });

  it('lead from paths to files that exist', async () => {
    const text =
      "model:\n  path: model\n  parts:\n    - path: ./model/a.bin\ncode:\n  - path: train.py\n  - path: gone.py\ndatasets: [{ path: 'it''s.csv' }]\n";
    const links = await documentLinks(documentOf(text), context);
    expect(links.map(({ target }) => target)).toEqual([
      'file:///kit/model/a.bin',
      'file:///kit/train.py',
      'file:///kit/it%27s.csv',
    ]);
  });

  it('mark the path without its quotes', async () => {
    const [link] = await documentLinks(documentOf('code:\n  - path: "train.py"\n'), context);
    expect(link?.range).toEqual({ start: { line: 1, character: 11 }, end: { line: 1, character: 19 } });
  });

  it('never lead out of the folder', async () => {
    expect(
      await documentLinks(
        documentOf('code:\n  - path: ../etc/passwd\n  - path: /etc/passwd\n'),
        contextWith({ '/etc/passwd': 1 }),
      ),
    ).toEqual([]);
  });
});

function title({ name, detail }: DocumentSymbol): string {
  return detail === undefined ? name : `${name}: ${detail}`;
}
