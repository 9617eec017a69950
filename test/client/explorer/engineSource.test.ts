import { describe, expect, it } from 'vitest';
import type { CancellationTokenLike, EngineCall } from '../../../client/engine/engineClient.ts';
import { engineSource } from '../../../client/explorer/engineSource.ts';
import type { RegistryEntry } from '../../../client/registries/registryList.ts';
import { localEntry } from '../../support/explorerSource.ts';

/** An engine that notes what it is asked and answers with two kits, one without a name. */
function openSource(worded: (error: unknown) => unknown = (error) => error) {
  const asked: unknown[] = [];
  const tokens: (CancellationTokenLike | undefined)[] = [];
  const answer =
    <T>(value: () => T) =>
    async (params: unknown, call?: EngineCall): Promise<T> => {
      asked.push(params);
      tokens.push(call?.token);
      return value();
    };
  const fails = (): never => {
    throw new Error('engine');
  };
  const engine = {
    list: answer(() => [localEntry('iris', ['1']), localEntry('', []), localEntry('ghcr.io/a/b', ['2'])]),
    catalog: answer(() => ({ repositories: ['a'] })),
    remoteTags: answer(() => ({ tags: ['1'] })),
    inspect: answer(fails),
    layers: answer(() => []),
  };
  const entries: RegistryEntry[] = [{ host: 'ghcr.io' }, { host: 'localhost:5000', repositories: ['team/x'] }];
  const listeners = new Set<() => void>();
  const registries = {
    all: () => entries,
    onDidChange: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  return { source: engineSource(engine, registries, worded), asked, tokens, listeners };
}

const signal = new AbortController().signal;

describe('the source over the engine', () => {
  it('gives local kits their full names', async () => {
    const kits = await openSource().source.localKits(signal);
    expect(kits.map(({ repository }) => repository)).toEqual(['localhost/iris', 'localhost/_', 'ghcr.io/a/b']);
  });

  it('asks for pages as the explorer does', async () => {
    const { source, asked } = openSource();
    await source.catalog('ghcr.io', { after: 'x', limit: 200 }, signal);
    await source.tags('ghcr.io/a', { limit: 200 }, signal);
    await source.layers('ghcr.io/a:1', 'registry', signal);
    expect(asked).toEqual([
      { host: 'ghcr.io', after: 'x', limit: 200 },
      { repository: 'ghcr.io/a', limit: 200 },
      { reference: 'ghcr.io/a:1', remote: true },
    ]);
  });

  it('cancels the engine with the signal', async () => {
    const { source, tokens } = openSource();
    const controller = new AbortController();
    await source.catalog('ghcr.io', { limit: 1 }, controller.signal);
    let told = 0;
    tokens[0]?.onCancellationRequested(() => told++);
    controller.abort();
    expect([tokens[0]?.isCancellationRequested, told]).toEqual([true, 1]);
  });

  it('words what the engine throws', async () => {
    const { source } = openSource(() => new Error('worded'));
    await expect(source.inspect('a:1', 'local', signal)).rejects.toThrow('worded');
  });

  it('knows the registries of the settings, and hears when they change until it is told to stop', () => {
    const { source, listeners } = openSource();
    expect(source.registries()).toEqual([
      { host: 'ghcr.io', repositories: [] },
      { host: 'localhost:5000', repositories: ['team/x'] },
    ]);
    const heard: string[] = [];
    const stop = source.onChange((change) => heard.push(change));
    for (const tell of listeners) tell();
    stop();
    expect([heard, listeners.size]).toEqual([['registries'], 0]);
  });
});
