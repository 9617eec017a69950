import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ProbeStep, probeRegistry } from '../../../engine/modelkit/probe.ts';
import { memoryCredentials } from '../../../engine/registry/credential.ts';
import type { NetworkOptions } from '../../../engine/registry/networkOptions.ts';
import { type RegistryOptions, startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

const TLS = join(import.meta.dirname, '../../fixtures/tls');
const users = { ada: 'secret' };
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(options: RegistryOptions = {}): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  stops.push(() => registry.stop());
  return registry;
}

async function startSecure(): Promise<TestRegistry> {
  const [cert, key] = await Promise.all(['server.pem', 'server.key'].map((name) => readFile(join(TLS, name), 'utf8')));
  return await start({ tls: { cert: cert ?? '', key: key ?? '' } });
}

async function probe(host: string, password?: string, network: NetworkOptions = {}): Promise<readonly ProbeStep[]> {
  const credentials = memoryCredentials(password === undefined ? [] : [[host, { username: 'ada', password }]]);
  const registries = connect({ credentials, network: { ...network, limits: { retries: 0 } } });
  stops.push(() => registries.close());
  return await probeRegistry({ registries }, host);
}

const shape = (steps: readonly ProbeStep[]) => steps.map(({ step, ok, code }) => (ok ? step : `${step}: ${code}`));
const FINE = ['reach', 'tls', 'api', 'login', 'catalog'];

describe('a registry', () => {
  it('that is open passes all steps', async () => {
    const { host } = await start();
    expect(shape(await probe(host))).toEqual(FINE);
  });

  it('with a private authority passes all steps once that is known', async () => {
    const { host } = await startSecure();
    expect(shape(await probe(host, undefined, { plainHttp: false, caFiles: [join(TLS, 'ca.pem')] }))).toEqual(FINE);
  });

  it.each(['basic', 'bearer'] as const)('with %s says who is logged in', async (kind) => {
    const { host } = await start({ access: { kind, users } });
    const steps = await probe(host, 'secret');
    expect(shape(steps)).toEqual(FINE);
    expect(steps[3]?.message).toContain('ada');
  });

  it.each(['basic', 'bearer'] as const)('with %s refuses a wrong password', async (kind) => {
    const { host } = await start({ access: { kind, users } });
    const steps = await probe(host, 'guess');
    expect(shape(steps)).toEqual(['reach', 'tls', 'api', 'login: REGISTRY_UNAUTHORIZED']);
    expect(steps.at(-1)?.advice).toContain('password');
  });

  it('that wants a login says so', async () => {
    const { host } = await start({ access: { kind: 'basic', users } });
    const steps = await probe(host);
    expect(shape(steps)).toEqual(['reach', 'tls', 'api', 'login: REGISTRY_UNAUTHORIZED']);
    expect(steps.at(-1)?.message).toContain('wants a login');
  });

  it('without a catalogue is to be used by name', async () => {
    const { host } = await start({ abilities: { catalog: false } });
    const steps = await probe(host);
    expect(shape(steps)).toEqual(['reach', 'tls', 'api', 'login', 'catalog: REGISTRY_UNSUPPORTED']);
    expect(steps.at(-1)?.advice).toContain('by name');
  });

  it('that shows its catalogue to others only says that there is no right', async () => {
    const registry = await start();
    registry.fail({ path: /_catalog/, fault: { status: 403 } });
    const steps = await probe(registry.host);
    expect(shape(steps).at(-1)).toBe('catalog: REGISTRY_DENIED');
    expect(steps.at(-1)?.message).toContain('no right');
  });

  it('that shows its catalogue after a login only says so', async () => {
    const { host } = await start({ access: { kind: 'bearer', users, anonymousPull: true } });
    expect(shape(await probe(host)).at(-1)).toBe('catalog: REGISTRY_UNAUTHORIZED');
  });
});

describe('something else', () => {
  it('that is away is not reached', async () => {
    const registry = await startRegistry();
    await registry.stop();
    expect(shape(await probe(registry.host))).toEqual(['reach: NETWORK_UNREACHABLE']);
  });

  it('that speaks plain HTTP says which switch helps', async () => {
    const { host } = await start();
    const steps = await probe(host, undefined, { plainHttp: false });
    expect(shape(steps)).toEqual(['reach', 'tls: TLS_FAILED']);
    expect(steps.at(-1)?.advice).toContain('switch plain HTTP on');
  });

  it('that speaks https says which switch helps', async () => {
    const registry = await start();
    const body = 'Client sent an HTTP request to an HTTPS server.\n';
    registry.fail({ fault: { status: 400, headers: { 'content-type': 'text/plain' }, body } });
    const steps = await probe(registry.host);
    expect(shape(steps)).toEqual(['reach', 'tls', 'api: REGISTRY_REJECTED']);
    expect(steps.at(-1)?.advice).toContain('switch plain HTTP off');
  });

  it('with a certificate that is not trusted says so', async () => {
    const { host } = await startSecure();
    expect(shape(await probe(host, undefined, { plainHttp: false }))).toEqual(['reach', 'tls: TLS_FAILED']);
  });

  it.each([{ html: 'Welcome to nginx!' }, { status: 404, body: 'nothing here' }])(
    'such as %j is no registry',
    async (fault) => {
      const registry = await start();
      registry.fail({ fault });
      const steps = await probe(registry.host);
      expect(steps.at(-1)).toMatchObject({ step: 'api', ok: false });
    },
  );

  it('that is no host is refused', async () => {
    await expect(probe('not a host')).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });
});
