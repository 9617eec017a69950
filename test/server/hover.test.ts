import { describe, expect, it } from 'vitest';
import { MarkupContent } from 'vscode-languageserver';
import type { FeatureContext } from '../../server/context.ts';
import { hover } from '../../server/features/hover.ts';
import { cursorIn } from './support/cursor.ts';
import { contextWith } from './support/features.ts';

describe('hover', () => {
  it.each([
    ['a section', 'mod|el:\n  name: x', '**Model** (map)'],
    ['a key', 'model:\n  frame|work: x', 'The framework that the model was made with'],
    ['a key in a list', 'datasets:\n  - na|me: x', 'by which `unpack --filter` finds it'],
    ['a key in brackets', 'package: { ver|sion: 1 }', 'Version of the ModelKit'],
    ['a key in quotes', '"mod|el":\n', '**Model** (map)'],
    ['a key without its colon', 'model:\n  forma|t\n  name: x\n', 'The format of the model'],
    ['a value, for its key', 'model:\n  name: some|thing', 'Name of the model'],
    ['a key with usual values', 'model:\n  format|: x', 'Usual values: `safetensors`'],
    ['a key with an example', 'package:\n  nam|e: x', 'Example: `sentiment-model`'],
    ['a key of the guide', 'conf|igs:\n  - path: x', '`unpack --configs`'],
    ['a field of the guide', 'datasets:\n  - samp|les: 1', 'kit refuses it'],
    ['a licence, by its full name', 'package:\n  license: Apach|e-2.0', 'Apache License 2.0'],
    ['a file, with its size', 'code:\n  - path: "./tr|ain.py"', 'File, 2.0 KiB'],
    ['a folder', 'model:\n  path: mod|el/', 'Folder'],
    ['a reference', 'model:\n  path: ghcr.io/te|am/base:1.0.0', 'Another ModelKit'],
  ])('explains %s', async (_what, marked, expected) => {
    expect(await textAt(marked)).toContain(expected);
  });

  it.each([
    ['behind everything', 'model:\n  name: x\n\n|'],
    ['a key in parameters', 'model:\n  parameters:\n    ep|ochs: 3'],
    ['a comment', '# mod|el'],
    ['a key that nobody knows', 'nonsen|se: 1'],
    ['keys of every object', 'constr|uctor: 1'],
  ])('has nothing to say of %s', async (_what, marked) => {
    expect(await textAt(marked)).toBeUndefined();
  });

  it('marks what it explains', async () => {
    const { document, position } = cursorIn('model:\n  frame|work: x');
    expect((await hover(document, position, contextWith()))?.range).toEqual({
      start: { line: 1, character: 2 },
      end: { line: 1, character: 11 },
    });
  });

  it('does without the size where the disk does not answer', async () => {
    const folders = { list: async () => undefined, facts: async () => undefined };
    expect(await textAt('code:\n  - path: tr|ain.py', contextWith({}, { folders }))).not.toContain('File');
  });
});

async function textAt(
  marked: string,
  context: FeatureContext = contextWith({ '/kit/train.py': 2048, '/kit/model/a.bin': 1 }),
): Promise<string | undefined> {
  const { document, position } = cursorIn(marked);
  const contents = (await hover(document, position, context))?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}
