import { describe, expect, it } from 'vitest';
import { networkSettings } from '../../../client/engine/networkSettings.ts';

const read = (values: Readonly<Record<string, unknown>>) =>
  networkSettings(
    { get: (name) => values[name] },
    [{ host: 'ghcr.io' }, { host: 'localhost:5000', plainHttp: true }],
    'us/1',
  );

describe('what the engine is told about the network', () => {
  it('is the usual where nothing is set: system certificates, checked', () => {
    expect(read({})).toEqual({
      plainHttp: ['localhost:5000'],
      tlsVerify: true,
      caFiles: [],
      systemCa: true,
      concurrency: 5,
      userAgent: 'us/1',
    });
  });

  it('holds the proxy of VS Code, with its login and exceptions', () => {
    const proxy = {
      'http.proxy': 'http://proxy:3128',
      'http.proxyAuthorization': 'Basic eA==',
      'http.noProxy': ['localhost', '.intern'],
    };
    expect(read(proxy)).toMatchObject({
      proxy: 'http://proxy:3128',
      proxyAuthorization: 'Basic eA==',
      noProxy: 'localhost,.intern',
    });
  });

  it('has no proxy, not even that of the environment, where VS Code is to use none', () => {
    const settings = read({ 'http.proxySupport': 'off', 'http.proxy': 'http://proxy:3128' });
    expect(settings).toMatchObject({ env: {} });
    expect(settings).not.toHaveProperty('proxy');
  });

  it.each([{ 'http.proxyStrictSSL': false }, { 'modelkit.tlsVerify': false }])(
    'checks no certificates after %j',
    (values) => {
      expect(read(values).tlsVerify).toBe(false);
    },
  );

  it('holds a client certificate only together with its key', () => {
    expect(read({ 'modelkit.clientCertificate': '/a.pem' })).not.toHaveProperty('clientCert');
    expect(read({ 'modelkit.clientCertificate': '/a.pem', 'modelkit.clientKey': '/a.key' })).toMatchObject({
      clientCert: '/a.pem',
      clientKey: '/a.key',
    });
  });
});
