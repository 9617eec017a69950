import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CodeActionRequest,
  CompletionRequest,
  CompletionResolveRequest,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  DocumentSymbolRequest,
  FileChangeType,
  HoverRequest,
} from 'vscode-languageserver-protocol/node';
import { RECHECK } from '#shared/languageServer';
import { cpuTime } from '../support/cpuTime.ts';
import { joined, type TestClient } from './support/client.ts';

let folder: string;
let uri: string;
let client: TestClient;
let settings: { kitfile?: { strict?: boolean }; home?: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelkit-server-'));
  uri = pathToFileURL(join(folder, 'Kitfile')).toString();
  settings = { home: '/nowhere' };
  client = await joined({ settings: () => settings });
});

afterEach(async () => {
  client.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('diagnostics', () => {
  it('carry rule, error code, source and a link to the rule', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\npakage: {}\n');
    expect(await client.diagnostics(uri)).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
        severity: 1,
        code: 'unknown-key',
        codeDescription: { href: 'file:///rules.md#unknown-key' },
        source: 'modelkit',
        message: expect.stringContaining('Did you mean "package"?'),
        data: { errorCode: 'KITFILE_SCHEMA', key: 'pakage', suggestion: 'package' },
      },
    ]);
  });

  it('show the other place', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\ncode:\n  - path: a\n  - path: ./a\n');
    const found = await client.diagnostics(uri);
    const duplicate = found.find(({ code }) => code === 'duplicate-path');
    expect(duplicate?.relatedInformation?.[0]?.location).toEqual({
      uri,
      range: { start: { line: 2, character: 10 }, end: { line: 2, character: 11 } },
    });
  });

  it('follow the text', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\npakage: {}\n');
    await client.diagnostics(uri, isThere);
    await client.change(uri, 'manifestVersion: 1.0.0\npackage: {}\n', 2);
    expect(await client.diagnostics(uri, isNothing)).toEqual([]);
  });

  it('are not sent for what is overtaken by the next key', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\n');
    await client.diagnostics(uri);
    for (const [at, text] of ['m', 'mo', 'mod', 'mode', 'model'].entries())
      await client.change(uri, `manifestVersion: 1.0.0\n${text}`, at + 2);
    await client.diagnostics(uri, isThere);
    expect(client.published(uri).map(({ version }) => version)).toEqual([1, 6]);
  });

  it('warn of the dialect, and are errors in strict mode', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\npackage:\n  repository: x\n');
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([2]);
    settings = { kitfile: { strict: true } };
    client.forgetPublished();
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([1]);
  });

  it('know the disk, and notice when a file appears and vanishes', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\ncode:\n  - path: train.py\n');
    expect(codes(await client.diagnostics(uri, isThere))).toEqual(['path-missing']);
    const file = join(folder, 'train.py');
    client.forgetPublished();
    await writeFile(file, '');
    await told(file, FileChangeType.Created);
    expect(await client.diagnostics(uri)).toEqual([]);
    client.forgetPublished();
    await rm(file);
    await told(file, FileChangeType.Deleted);
    expect(codes(await client.diagnostics(uri))).toEqual(['path-missing']);
  });

  it('look at the disk again when the client asks for it', async () => {
    await client.open(uri, 'manifestVersion: 1.0.0\ncode:\n  - path: train.py\n');
    await client.diagnostics(uri, isThere);
    await writeFile(join(folder, 'train.py'), '');
    client.forgetPublished();
    await client.connection.sendNotification(RECHECK);
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it('leave a document without a disk to its text', async () => {
    for (const other of [
      'untitled:Kitfile',
      'git:/x/Kitfile',
      'vscode-vfs://github/x/Kitfile',
      'file:///x%00/Kitfile',
    ]) {
      await client.open(other, 'manifestVersion: 1.0.0\ncode:\n  - path: train.py\n');
      expect(await client.diagnostics(other)).toEqual([]);
    }
  });

  it('go with the document', async () => {
    await client.open(uri, 'pakage: {}\n');
    await client.diagnostics(uri, isThere);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await client.diagnostics(uri, isNothing)).toEqual([]);
  });

  it('come in bounded time for a document of 10 MB', async () => {
    const text = `manifestVersion: 1.0.0\n${'# filler filler filler\n'.repeat(450_000)}`;
    const taken = await cpuTime(async () => {
      await client.open(uri, text);
      await client.diagnostics(uri);
    });
    expect(taken).toBeLessThan(3000);
  });

  it.each([
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (name, at) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]\n`)}`,
    ],
    ['100,000 brackets', '['.repeat(100_000)],
    ['NUL', 'a: \0'],
    ['tabs', 'package:\n\tname: x\n'],
    ['a cycle', 'model: &m\n  parameters: *m\n'],
  ])('answer to %s with an error', async (_what, text) => {
    await client.open(uri, text);
    const found = await client.diagnostics(uri);
    expect(found[0]?.severity).toBe(1);
  });
});

describe('watching', () => {
  it('is asked for below the folder of an open Kitfile, and nowhere else', async () => {
    expect(client.registrations.filter(isWatcher)).toEqual([]);
    await client.open(uri, '');
    await client.diagnostics(uri);
    expect(client.registrations.filter(isWatcher).map(({ registerOptions }) => registerOptions)).toEqual([
      {
        watchers: [
          { globPattern: { baseUri: pathToFileURL(folder).toString(), pattern: '**/*' }, kind: 5 },
          { globPattern: { baseUri: pathToFileURL(folder).toString(), pattern: '.kitignore' }, kind: 2 },
        ],
      },
    ]);
  });
});

describe('requests', () => {
  it('complete, resolve, hover, outline and quick fixes answer over the wire', async () => {
    await writeFile(join(folder, 'train.py'), 'x'.repeat(2048));
    await client.open(uri, 'manifestVersion: 1.0.0\ncode:\n  - path: tr\n    descripton: x\n');
    const textDocument = { uri };
    const list = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 2, character: 12 },
    });
    const item = (Array.isArray(list) ? list : (list?.items ?? [])).find(({ label }) => label === 'train.py');
    expect(item && (await client.connection.sendRequest(CompletionResolveRequest.type, item)).detail).toBe('2.0 KiB');
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line: 1, character: 1 },
    });
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    expect(await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })).toHaveLength(2);
    const diagnostics = (await client.diagnostics(uri, isThere)).filter(({ code }) => code === 'unknown-key');
    const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range,
      context: { diagnostics: [...diagnostics] },
    });
    expect(actions).toMatchObject([{ title: 'Change to "description"' }]);
  });

  it('put what .kitignore leaves out last', async () => {
    await writeFile(join(folder, '.kitignore'), 'a.csv\n');
    for (const name of ['a.csv', 'b.csv']) await writeFile(join(folder, name), '');
    await client.open(uri, 'datasets:\n  - path: ');
    const list = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 10 },
    });
    const items = Array.isArray(list) ? list : (list?.items ?? []);
    const sorted = items.toSorted((one, other) => (String(one.sortText) < String(other.sortText) ? -1 : 1));
    expect(sorted.map(({ label }) => label)).toEqual(['b.csv', 'a.csv', '.']);
  });

  it('about a document that is not open have no answer', async () => {
    const params = { textDocument: { uri: 'file:///gone' }, position: { line: 0, character: 0 } };
    expect(await client.connection.sendRequest(HoverRequest.type, params)).toBeNull();
  });

  it('at a place that does not exist are answered', async () => {
    await client.open(uri, 'model:\n');
    const params = { textDocument: { uri }, position: { line: 99, character: 99 } };
    expect(await client.connection.sendRequest(HoverRequest.type, params)).toBeNull();
  });

  it('that nobody knows get the error of the protocol', async () => {
    await expect(client.connection.sendRequest('textDocument/nonsense', {})).rejects.toMatchObject({ code: -32601 });
  });

  it('that cannot be understood get an error, and the server goes on', async () => {
    await client.open(uri, 'model:\n');
    await expect(client.connection.sendRequest('textDocument/hover', { textDocument: { uri } })).rejects.toMatchObject({
      code: -32603,
    });
    const params = { textDocument: { uri }, position: { line: 0, character: 1 } };
    expect(await client.connection.sendRequest(HoverRequest.type, params)).not.toBeNull();
  });
});

async function told(file: string, type: FileChangeType): Promise<void> {
  const changes = [{ uri: pathToFileURL(file).toString(), type }];
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

function isThere(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length > 0;
}

function isNothing(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length === 0;
}

function isWatcher({ method }: { readonly method: string }): boolean {
  return method === 'workspace/didChangeWatchedFiles';
}
