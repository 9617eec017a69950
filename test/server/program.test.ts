import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  HoverRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TestClient } from './support/client.ts';

let folder: string;
let child: ChildProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelkit-program-'));
  await build({
    entryPoints: [new URL('../../server/main.ts', import.meta.url).pathname],
    outfile: join(folder, 'dist', 'server.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  child = spawn(process.execPath, [join(folder, 'dist', 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
});

afterEach(() => child.kill('SIGKILL'));

describe('the server as a program over stdio', () => {
  it('says what it can, answers, and ends as the protocol wants', async () => {
    const client = connected();
    const { capabilities } = await client.initialize();
    expect(capabilities).toMatchObject({ hoverProvider: true, completionProvider: { resolveProvider: true } });
    const uri = 'untitled:Kitfile';
    await client.open(uri, 'model:\n');
    const params = { textDocument: { uri }, position: { line: 0, character: 1 } };
    expect(await client.connection.sendRequest(HoverRequest.type, params)).not.toBeNull();
    const gone = once(child, 'exit');
    await client.connection.sendRequest('shutdown');
    await client.connection.sendNotification('exit');
    expect(await gone).toEqual([0, null]);
  });

  it('links to the rules beside it', async () => {
    const client = connected();
    await client.initialize();
    await client.open('untitled:Kitfile', 'nonsense: {}\n');
    const found = await client.diagnostics('untitled:Kitfile');
    expect(found.map(({ codeDescription }) => codeDescription?.href)).toContainEqual(
      expect.stringMatching(/^file:.*\/docs\/rules\.md#unknown-key$/),
    );
  });

  it('refuses requests before it is initialized', async () => {
    const params = { textDocument: { uri: 'untitled:Kitfile' }, position: { line: 0, character: 0 } };
    await expect(connected().connection.sendRequest(HoverRequest.type, params)).rejects.toMatchObject({ code: -32002 });
  });

  it('refuses requests after it was shut down', async () => {
    const client = connected();
    await client.initialize();
    await client.connection.sendRequest('shutdown');
    const params = { textDocument: { uri: 'untitled:Kitfile' }, position: { line: 0, character: 0 } };
    await expect(client.connection.sendRequest(HoverRequest.type, params)).rejects.toMatchObject({ code: -32600 });
  });

  it('ends when its parent is gone', async () => {
    await connected().initialize();
    const gone = once(child, 'exit');
    child.stdin?.destroy();
    expect(await gone).toBeDefined();
  });
});

function connected(): TestClient {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('The server has no pipes.');
  return new TestClient(
    createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin)),
    () => ({}),
  );
}
