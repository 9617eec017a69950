import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryCredentials } from '#engine';
import type { CancellationTokenLike } from '../../../client/engine/engineClient.ts';
import { EngineHost } from '../../../client/engine/engineHost.ts';

const alice = { username: 'alice', password: 'secret' };

/** A token as VS Code has it. */
function cancellation() {
  const listeners = new Set<() => void>();
  const token: CancellationTokenLike = {
    isCancellationRequested: false,
    onCancellationRequested(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const cancel = () => {
    for (const listener of listeners) listener();
  };
  return { token, cancel, listeners };
}

describe('the engine in its worker', () => {
  let home: string;
  let started: number;
  let lost: string[];
  let host: EngineHost;
  beforeEach(() => {
    home = '/first';
    started = 0;
    lost = [];
    host = new EngineHost({
      workerFile: new URL('../support/fakeWorker.ts', import.meta.url),
      settings() {
        started += 1;
        return { home, network: {}, cliVersion: '1' };
      },
      credentials: memoryCredentials([['ghcr.io', alice]]),
      onLost: (reason) => lost.push(reason),
    });
  });
  afterEach(async () => {
    await host.dispose();
  });
  const pull = (reference: string, call = {}) => host.client.pull({ reference }, call);

  it('starts with the first request, once', async () => {
    expect(started).toBe(0);
    await Promise.all([pull('a'), pull('b')]);
    expect(started).toBe(1);
  });

  it('is cancelled by a token, and listens to it no longer', async () => {
    const { token, cancel, listeners } = cancellation();
    const heard: string[] = [];
    const pulling = pull('hang', {
      token,
      onEvent: ({ type }: { type: string }) => {
        heard.push(type);
        cancel();
      },
    });
    await expect(pulling).rejects.toMatchObject({ code: 'CANCELLED', name: 'EngineError' });
    expect(heard).toEqual(['progress']);
    expect(listeners.size).toBe(0);
  });

  it('is cancelled before it began by a token that is cancelled already', async () => {
    const { token } = cancellation();
    await expect(pull('hang', { token: { ...token, isCancellationRequested: true } })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('asks back for credentials', async () => {
    expect(await pull('secret')).toEqual(alice);
  });

  it('tells every job when it dies, and starts again with the next', async () => {
    const jobs = await Promise.allSettled([pull('hang'), pull('die')]);
    expect(jobs.map((job) => job.status === 'rejected' && job.reason.code)).toEqual(['INTERNAL', 'INTERNAL']);
    expect(lost).toEqual(['exit code 7']);
    expect(await pull('a')).toMatchObject({ home: '/first' });
    expect(started).toBe(2);
  });

  it('has new settings for the next request, while work at hand ends as it began', async () => {
    const { token, cancel } = cancellation();
    const old = pull('hang', { token });
    const first = pull('a');
    home = '/second';
    const retired = host.settingsChanged();
    expect(await pull('a')).toMatchObject({ home: '/second' });
    expect(await first).toMatchObject({ home: '/first' });
    cancel();
    await expect(old).rejects.toMatchObject({ code: 'CANCELLED' });
    await retired;
    expect(lost).toEqual([]);
  });

  it('leaves nothing pending when the window closes', async () => {
    const hanging = pull('hang');
    await host.dispose();
    await expect(hanging).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
