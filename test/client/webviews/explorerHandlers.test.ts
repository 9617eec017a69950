import { describe, expect, it } from 'vitest';
import type { ExplorerEvents, ExplorerRequests } from '#shared/explorer';
import { connect, type Port } from '#shared/rpc';
import { idOf } from '../../../client/explorer/address.ts';
import { ExplorerModel } from '../../../client/explorer/model.ts';
import { pageTexts } from '../../../client/explorer/pageTexts.ts';
import { explorerTexts } from '../../../client/explorer/texts.ts';
import { explorerHandlers, toWire } from '../../../client/webviews/explorer/handlers.ts';
import { explorerHtml } from '../../../client/webviews/explorer/html.ts';
import { digestOf, english, FakeSource, localEntry } from '../../support/explorerSource.ts';

const KIT = idOf({ type: 'storeKit', repository: 'localhost/iris', name: 'latest' });

/** The host of a page, and the page's end of the line, over which anything may be said. */
function openHost() {
  const source = new FakeSource();
  source.kits = [localEntry('localhost/iris', ['latest'])];
  source.known = { 'a.example': { repositories: { x: ['1'] } } };
  const texts = explorerTexts(english, 'en');
  const model = new ExplorerModel(source, texts);
  const acts: unknown[] = [];
  const replies: unknown[] = [];
  let say: (message: unknown) => void = () => undefined;
  const port: Port = {
    post: (message) => replies.push(message),
    listen: (receive) => {
      say = receive;
      return () => undefined;
    },
  };
  connect<Record<string, never>, ExplorerEvents, ExplorerRequests>(port, {
    handlers: explorerHandlers(model, {
      start: () => ({ texts: pageTexts(english), language: 'en' }),
      act: async (action, target) => acts.push([action, target?.reference ?? target?.registry]) > 0,
      copy: async (text) => void acts.push(['copy', text]),
      found: () => undefined,
    }),
    toWire: toWire(texts),
  });
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    say({ kind: 'request', id: 1, method, params });
    await expect.poll(() => replies.length).toBeGreaterThan(0);
    return replies.shift();
  };
  return { source, model, acts, replies, say: (message: unknown) => say(message), ask };
}

describe('what a page asks for', () => {
  it.each([
    ['children', null],
    ['children', 'store'],
    ['children', { id: 7 }],
    ['children', { id: 'nothing of ours' }],
    ['children', { id: 'store|x' }],
    ['children', { id: 'x'.repeat(100_000) }],
    ['children', { id: idOf({ type: 'registry', host: 'evil.example' }) }],
    ['more', {}],
    ['known', { ids: 'store' }],
    ['known', { ids: [7] }],
    ['known', { ids: Array(100_000).fill('store') }],
    ['search', { text: { toString: 'x' } }],
    ['search', { text: 'x'.repeat(1000) }],
    ['details', { id: idOf({ type: 'registryKit', host: 'evil.example', repository: 'x', name: '1' }) }],
    ['details', { id: 'store' }],
    ['action', { action: 'workbench.action.quit' }],
    ['action', { action: '__proto__' }],
    ['action', { action: 'push' }],
    ['action', { action: 'push', id: 'nothing of ours' }],
    ['action', { action: 'copyDigest', value: 'rm -rf ~' }],
    ['nothing', {}],
    ['constructor', {}],
  ])('is refused without effect: %s %o', async (method, params) => {
    const host = openHost();
    await host.model.children('store');
    const before = host.source.requests.length;
    expect(await host.ask(method, params)).toMatchObject({ kind: 'error', error: { code: 'INPUT_INVALID' } });
    expect(host.acts).toEqual([]);
    expect(host.source.requests).toHaveLength(before);
  });

  it.each([[undefined], [null], ['x'], [7], [[]], [{}], [{ kind: 'request' }], [{ kind: 'result', id: 9 }]])(
    'is not heard where it is no message: %o',
    async (message) => {
      const host = openHost();
      host.say(message);
      expect(await host.ask('start', {})).toMatchObject({ kind: 'result' });
      expect(host.replies).toEqual([]);
    },
  );

  it('is carried out on what the explorer shows', async () => {
    const host = openHost();
    await host.ask('children', { id: 'store' });
    expect(await host.ask('action', { action: 'push', id: KIT })).toMatchObject({ result: { done: true } });
    await host.ask('action', { action: 'copyDigest', value: digestOf('x') });
    await host.ask('action', { action: 'addRegistry' });
    expect(host.acts).toEqual([
      ['push', 'localhost/iris:latest'],
      ['copy', digestOf('x')],
      ['addRegistry', undefined],
    ]);
  });

  it('gets what is known without a request of a registry, and nothing else', async () => {
    const host = openHost();
    const registry = idOf({ type: 'registry', host: 'a.example' });
    const reply = await host.ask('known', {
      ids: ['store', registry, 'no id', idOf({ type: 'registry', host: 'gone' })],
    });
    expect(reply).toMatchObject({ result: { store: [{ label: 'iris', kind: 'repository' }] } });
    expect(host.source.requests).toEqual(['list']);
  });

  it('hears an error in words, with its ways out', async () => {
    const host = openHost();
    host.source.inspect = () => Promise.reject(Object.assign(new Error('Gone.'), { code: 'BLOB_MISSING' }));
    expect(await host.ask('details', { id: KIT })).toMatchObject({
      error: { code: 'BLOB_MISSING', message: 'Gone.', data: { ways: [{ action: 'retry', label: 'Try Again' }, {}] } },
    });
  });
});

describe('the page before its script runs', () => {
  const html = explorerHtml(
    { script: 'https://x/"><script>', style: 'https://x/s.css', cspSource: 'https://x' },
    'N',
    'ko',
  );

  it('allows nothing but our two files', () => {
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("script-src 'nonce-N';");
  });

  it('escapes the addresses, and says its language', () => {
    expect(html).not.toContain('"><script>');
    expect(html).toContain('<html lang="ko">');
  });
});
