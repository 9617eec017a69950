import { describe, expect, it } from 'vitest';
import { CancellationToken, CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { answering } from '../../server/answering.ts';
import { documentOf } from './support/cursor.ts';
import { contextWith } from './support/features.ts';

const params = { textDocument: { uri: 'untitled:Kitfile' } };

describe('a request', () => {
  it('is answered with what the feature says', async () => {
    const { answer } = about(documentOf('model:\n'));
    expect(await answer(async ({ document }) => document.getText())(params, CancellationToken.None)).toBe('model:\n');
  });

  it('has null for an answer where the feature has none', async () => {
    const { answer } = about(documentOf(''));
    expect(await answer(async () => undefined)(params, CancellationToken.None)).toBeNull();
  });

  it('that is cancelled is answered at once, though the feature goes on', async () => {
    const { answer } = about(documentOf(''));
    const cancel = new CancellationTokenSource();
    const answered = answer(() => new Promise(() => undefined))(params, cancel.token);
    cancel.cancel();
    await expect(answered).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });

  it('that a change overtook is not answered with what was', async () => {
    const document = documentOf('model:\n');
    const { answer } = about(document);
    const answered = answer(async () => TextDocument.update(document, [{ text: 'code:\n' }], 2))(
      params,
      CancellationToken.None,
    );
    await expect(answered).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  it('whose feature throws fails with that error', async () => {
    const { answer } = about(documentOf(''));
    await expect(answer(() => Promise.reject(new Error('Broken.')))(params, CancellationToken.None)).rejects.toThrow(
      'Broken.',
    );
  });
});

function about(document: TextDocument) {
  const documents = { get: () => document };
  return { answer: answering(documents, { server: { contextOf: () => contextWith() } }) };
}
