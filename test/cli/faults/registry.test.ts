import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FaultKind } from '../../support/registry/faults.ts';
import { type RegistryOptions, startRegistry, type TestRegistry } from '../../support/registry.ts';
import { expectRefusal, faultBench, snapshot, storeState } from './faultBench.ts';

const TLS = join(import.meta.dirname, '../../fixtures/tls');
const faults = faultBench();
let registry: TestRegistry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(async () => {
  await registry.stop();
});

async function other(options: RegistryOptions): Promise<TestRegistry> {
  const started = await startRegistry(options);
  onTestFinished(() => started.stop());
  return started;
}

/** Runs the three verbs that move ModelKits; each must end in the same refusal, and the store and the target stay. */
async function expectAllRefused(host: string, code: string, says: string | RegExp, flags: readonly string[]) {
  const reference = `${host}/team/demo:1`;
  await faults.kit(['pack', faults.project(), '-t', reference]);
  const before = await storeState(faults.home);
  expectRefusal(await faults.kit(['push', reference, ...flags]), code, says);
  expectRefusal(await faults.kit(['pull', `${host}/team/other:1`, ...flags]), code, says);
  expectRefusal(await faults.kit(['unpack', `${host}/team/other:1`, '-d', faults.path('out'), ...flags]), code, says);
  expect(await storeState(faults.home)).toEqual(before);
  expect(snapshot(faults.path('out'))).toBeUndefined();
}

describe('a registry that', () => {
  it('refuses connections', async () => {
    const { host } = registry;
    await registry.stop();
    await expectAllRefused(host, 'NETWORK_UNREACHABLE', `${host} cannot be reached: it refuses`, ['--plain-http']);
    registry = await startRegistry();
  });

  it('has a name that does not resolve', async () => {
    const host = 'registry.invalid:5000';
    await expectAllRefused(host, 'NETWORK_UNREACHABLE', 'registry.invalid:5000 cannot be reached: its name', []);
  });

  it('never answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const ran = await faults.kit(['pull', `127.0.0.1:${port}/m:1`, '--plain-http'], {
      limits: { firstByteMs: 300, retries: 1, retryBaseMs: 1, retryMaxMs: 2 },
    });
    expectRefusal(ran, 'NETWORK_TIMEOUT');
  });

  it.each([
    ['is not trusted', 'server', 'authority that is not trusted|self-signed', '--tls-cert'],
    ['has expired', 'expired', 'has expired|not trusted', 'renew|--tls-cert'],
  ])('has a certificate that %s', async (_, name, says, advice) => {
    const pem = (end: string) => readFileSync(join(TLS, `${name}.${end}`), 'utf8');
    const secure = await other({ tls: { cert: pem('pem'), key: pem('key') } });
    await expectAllRefused(secure.host, 'TLS_FAILED', new RegExp(`(?:${says}).*(?:${advice})`), []);
    expect(secure.requests).toEqual([]);
  });

  it('speaks no TLS', async () => {
    await expectAllRefused(registry.host, 'TLS_FAILED', '--plain-http', []);
    expect(registry.requests).toEqual([]);
  });

  it.each(['basic', 'bearer'] as const)('wants a login that is not there (%s)', async (kind) => {
    const locked = await other({ access: { kind, users: { ada: 'right' } } });
    await expectAllRefused(locked.host, 'REGISTRY_UNAUTHORIZED', locked.host, ['--plain-http']);
  });

  it.each(['basic', 'bearer'] as const)('does not take the password (%s)', async (kind) => {
    const locked = await other({ access: { kind, users: { ada: 'right' } } });
    const login = ['login', locked.host, '-u', 'ada', '--password-stdin', '--plain-http'];
    expectRefusal(await faults.kit(login, { stdin: 'wrong\n' }), 'REGISTRY_UNAUTHORIZED', locked.host);
    expect(snapshot(faults.home)?.['credentials.json']).toBeUndefined();
  });
});

describe('an answer', () => {
  const everything = (fault: FaultKind) => registry.fail({ path: /^\/v2\/team\//, fault, times: 999 });
  const complaint = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] });

  it.each<[string, FaultKind, string, string | RegExp]>([
    ['404', { status: 404, body: complaint('NAME_UNKNOWN', 'no such repository') }, 'REFERENCE_NOT_FOUND', '404'],
    [
      '403',
      { status: 403, body: complaint('DENIED', 'not for you') },
      'REGISTRY_DENIED',
      /does not allow this \(403\)/,
    ],
    [
      '429 with a wait that is too long',
      { status: 429, headers: { 'retry-after': '3600' } },
      'REGISTRY_RATE_LIMITED',
      '3600 s',
    ],
    ['429 again and again', { status: 429 }, 'REGISTRY_RATE_LIMITED', '429'],
    ['500 again and again', { status: 500 }, 'REGISTRY_UNAVAILABLE', '500'],
    ['503 again and again', { status: 503 }, 'REGISTRY_UNAVAILABLE', '503'],
    ['a web page', { html: 'Welcome to the hotel' }, 'REGISTRY_PROTOCOL', 'is not a registry'],
  ])('%s', async (_, fault, code, says) => {
    everything(fault);
    await expectAllRefused(registry.host, code, says, ['--plain-http']);
    expect(registry.repositories.names()).toEqual([]);
  });

  it('429 with a short wait is waited for, and said', async () => {
    const reference = `${registry.host}/team/demo:1`;
    await faults.kit(['pack', faults.project(), '-t', reference]);
    registry.fail({ method: 'POST', fault: { status: 429, headers: { 'retry-after': '1' } } });
    const { exit, stderr } = await faults.kit(['push', reference, '--plain-http']);
    expect(exit).toBe(0);
    expect(stderr).toMatch(/limits the rate of requests.* Trying again in 1 s/);
  });

  it.each([500, 502, 503, 504, 408])('%i once does not matter', async (status) => {
    const reference = `${registry.host}/team/demo:1`;
    await faults.kit(['pack', faults.project(), '-t', reference]);
    registry.fail({ method: 'PUT', path: /uploads/, fault: { status } });
    expect(await faults.kit(['push', reference, '--plain-http'])).toMatchObject({ exit: 0 });
    registry.fail({ method: 'GET', fault: { status } });
    await faults.kit(['remove', reference]);
    expect(await faults.kit(['pull', reference, '--plain-http'])).toMatchObject({ exit: 0 });
  });
});

describe('a connection that is lost in the middle of a layer', () => {
  const reference = () => `${registry.host}/team/demo:1`;

  beforeEach(async () => {
    await faults.kit(['pack', faults.project(), '-t', reference()]);
  });

  const publish = async () => {
    await faults.kit(['push', reference(), '--plain-http']);
    await faults.kit(['remove', reference()]);
  };

  it('is taken up again by push', async () => {
    registry.fail({ method: 'PUT', path: /uploads/, fault: { cutRequest: 100_000 } });
    expect(await faults.kit(['push', reference(), '--plain-http'])).toMatchObject({ exit: 0 });
    expect(registry.repositories.tags('team/demo')).toEqual(['1']);
  });

  it('ends push when it does not come back, and names nothing', async () => {
    for (const method of ['PUT', 'PATCH'])
      registry.fail({ method, path: /uploads/, fault: { cutRequest: 1000 }, times: 999 });
    expectRefusal(
      await faults.kit(['push', reference(), '--plain-http']),
      'NETWORK_UNREACHABLE',
      'connection was lost',
    );
    expect(registry.repositories.tags('team/demo') ?? []).toEqual([]);
    registry.heal();
    expect(await faults.kit(['push', reference(), '--plain-http'])).toMatchObject({ exit: 0 });
  });

  it('is taken up again by pull', async () => {
    await publish();
    registry.fail({ method: 'GET', path: /blobs/, fault: { cut: 100_000 }, times: 2 });
    expect(await faults.kit(['pull', reference(), '--plain-http'])).toMatchObject({ exit: 0 });
    expect((await storeState(faults.home)).leftovers).toEqual([]);
  });

  it('ends pull when it does not come back, and names nothing', async () => {
    await publish();
    registry.fail({ method: 'GET', path: /blobs/, fault: { cut: 10 }, times: 999 });
    expectRefusal(
      await faults.kit(['pull', reference(), '--plain-http']),
      'NETWORK_UNREACHABLE',
      'connection was lost',
    );
    expect(await storeState(faults.home)).toMatchObject({ kits: [], leftovers: [] });
    registry.heal();
    expect(await faults.kit(['pull', reference(), '--plain-http'])).toMatchObject({ exit: 0 });
  });

  it('ends unpack when it does not come back, and leaves no file', async () => {
    await publish();
    registry.fail({ method: 'GET', path: /blobs/, fault: { cut: 100 }, times: 999, after: 1 });
    const ran = await faults.kit(['unpack', reference(), '-d', faults.path('a/b'), '--plain-http']);
    expectRefusal(ran, 'NETWORK_UNREACHABLE', 'connection was lost');
    expect(snapshot(faults.path('a'))).toBeUndefined();
  });
});
