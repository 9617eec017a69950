import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkOptions } from '../../../engine/registry/networkOptions.ts';
import type { PingResult } from '../../../engine/registry/remoteRegistry.ts';
import { startProxy, type TestProxy } from '../../support/proxy.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

const TLS = join(import.meta.dirname, '../../fixtures/tls');
const pem = (name: string) => readFile(join(TLS, name), 'utf8');
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function secureRegistry(certificate: string, requestCert = false): Promise<TestRegistry> {
  const tls = {
    cert: await pem(`${certificate}.pem`),
    key: await pem(`${certificate}.key`),
    ca: await pem('ca.pem'),
    requestCert,
  };
  const registry = await startRegistry({ tls });
  stops.push(() => registry.stop());
  return registry;
}

async function plainRegistry(): Promise<TestRegistry> {
  const registry = await startRegistry();
  stops.push(() => registry.stop());
  return registry;
}

async function ping(host: string, network: NetworkOptions): Promise<PingResult> {
  const registries = connect({ network: { plainHttp: false, ...network } });
  stops.push(() => registries.close());
  return await registries.registry(host).ping();
}

const ca = { caFiles: [join(TLS, 'ca.pem')] };

describe('a registry with a private authority', () => {
  it('is trusted with the file of that authority', async () => {
    const { host } = await secureRegistry('server');
    await expect(ping(host, ca)).resolves.toBeDefined();
  });

  it('is trusted with the text of that authority', async () => {
    const { host } = await secureRegistry('server');
    await expect(ping(host, { extraCa: [await pem('ca.pem')] })).resolves.toBeDefined();
  });

  it('is not trusted otherwise, and says which setting helps', async () => {
    const { host } = await secureRegistry('server');
    await expect(ping(host, {})).rejects.toMatchObject({
      code: 'TLS_FAILED',
      advice: expect.stringContaining('--tls-cert'),
    });
  });

  it('is not trusted because the system has authorities', async () => {
    const { host } = await secureRegistry('server');
    await expect(ping(host, { systemCa: true })).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });

  it('is reached without any check when that is switched off', async () => {
    const { host } = await secureRegistry('other');
    await expect(ping(host, { tlsVerify: false })).resolves.toBeDefined();
  });

  it.each([
    ['expired', 'has expired'],
    ['other', 'another host'],
  ])('with the certificate "%s" says that it %s', async (name, words) => {
    const { host } = await secureRegistry(name);
    await expect(ping(host, ca)).rejects.toMatchObject({ code: 'TLS_FAILED', message: expect.stringContaining(words) });
  });

  it('sees our certificate', async () => {
    const { host } = await secureRegistry('server', true);
    const client = { clientCert: join(TLS, 'client.pem'), clientKey: join(TLS, 'client.key') };
    await expect(ping(host, { ...ca, ...client })).resolves.toBeDefined();
  });
});

describe('a certificate file', () => {
  it('that is missing is named', async () => {
    await expect(ping('localhost:1', { caFiles: ['/nowhere/ca.pem'] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('/nowhere/ca.pem'),
    });
  });

  it('that is no certificate is named', async () => {
    await expect(ping('localhost:1', { caFiles: [join(TLS, 'README.md')] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

describe('https and plain HTTP mixed up', () => {
  it('say that plain HTTP is to be switched on', async () => {
    const { host } = await plainRegistry();
    await expect(ping(host, {})).rejects.toMatchObject({
      code: 'TLS_FAILED',
      advice: expect.stringContaining('--plain-http'),
    });
  });

  it('say that plain HTTP is to be switched off', async () => {
    const { host } = await secureRegistry('server');
    await expect(ping(host, { plainHttp: true, limits: { retries: 0 } })).rejects.toMatchObject({
      code: 'NETWORK_UNREACHABLE',
      advice: expect.stringContaining('https'),
    });
  });
});

describe('a host that is not there', () => {
  it('refuses the connection', async () => {
    const { host, stop } = await startRegistry();
    await stop();
    await expect(ping(host, { plainHttp: true })).rejects.toMatchObject({
      code: 'NETWORK_UNREACHABLE',
      message: expect.stringContaining(host),
      facts: { reason: 'refused' },
    });
  });

  it('has no address', async () => {
    await expect(ping('no-such-host.invalid', {})).rejects.toMatchObject({
      code: 'NETWORK_UNREACHABLE',
      facts: { reason: 'dns' },
    });
  });

  it('answers in another language', async () => {
    const chatty = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('220 smtp.example.com ESMTP\r\n'));
    });
    const port = await new Promise<number>((resolve) => {
      chatty.listen(0, '127.0.0.1', () => resolve((chatty.address() as { port: number }).port));
    });
    stops.push(() => new Promise((resolve) => chatty.close(() => resolve())));
    await expect(ping(`127.0.0.1:${port}`, { plainHttp: true })).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('is a web page', async () => {
    const registry = await plainRegistry();
    registry.fail({ fault: { html: 'Welcome to nginx!' } });
    await expect(ping(registry.host, { plainHttp: true })).rejects.toMatchObject({
      code: 'REGISTRY_PROTOCOL',
      message: expect.stringContaining('Welcome to nginx!'),
    });
  });

  it('sends heads without end', async () => {
    const registry = await plainRegistry();
    registry.fail({ fault: { status: 200, headers: { 'x-long': 'x'.repeat(100_000) } } });
    await expect(ping(registry.host, { plainHttp: true })).rejects.toMatchObject({ code: 'METADATA_TOO_LARGE' });
  });
});

describe('a proxy', () => {
  let proxy: TestProxy;
  beforeEach(async () => {
    proxy = await startProxy('me:pss');
    stops.push(() => proxy.stop());
  });

  it('carries https as a tunnel', async () => {
    const { host } = await secureRegistry('server');
    await ping(host, { ...ca, proxy: proxy.url });
    expect(proxy.seen).toEqual([`CONNECT ${host}`]);
  });

  it('carries plain HTTP', async () => {
    const { host } = await plainRegistry();
    await ping(host, { plainHttp: true, proxy: proxy.url });
    expect(proxy.seen).toEqual([`GET http://${host}/v2/`]);
  });

  it('never lets the registry see its password', async () => {
    const registry = await plainRegistry();
    await ping(registry.host, { plainHttp: true, proxy: proxy.url });
    expect(JSON.stringify(registry.requests)).not.toContain('proxy-authorization');
  });

  it('takes a whole authorization where the address holds no user', async () => {
    const { host } = await plainRegistry();
    const proxyAuthorization = `Basic ${Buffer.from('me:pss').toString('base64')}`;
    await expect(
      ping(host, { plainHttp: true, proxy: `http://${proxy.host}`, proxyAuthorization }),
    ).resolves.toBeDefined();
  });

  it('is passed by for the hosts that are excluded', async () => {
    const { host } = await plainRegistry();
    await ping(host, { plainHttp: true, proxy: proxy.url, noProxy: '127.0.0.1' });
    expect(proxy.seen).toEqual([]);
  });

  it.each([true, false])('that wants a password says so (plain HTTP: %s)', async (plainHttp) => {
    const { host } = plainHttp ? await plainRegistry() : await secureRegistry('server');
    await expect(ping(host, { ...ca, plainHttp, proxy: `http://${proxy.host}` })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      advice: expect.stringContaining('password'),
    });
  });

  it.each([true, false])('that is away is named, without its password (plain HTTP: %s)', async (plainHttp) => {
    const { host } = await plainRegistry();
    await proxy.stop();
    const error = await ping(host, { plainHttp, proxy: proxy.url }).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'PROXY_FAILED', message: expect.stringContaining(proxy.host) });
    expect(JSON.stringify([error.message, error.advice, error.facts])).not.toContain('pss');
  });
});
