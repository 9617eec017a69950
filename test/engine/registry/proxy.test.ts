import { describe, expect, it } from 'vitest';
import type { NetworkOptions } from '../../../engine/registry/networkOptions.ts';
import { proxyFor } from '../../../engine/registry/proxy.ts';

const via = (url: string, options: NetworkOptions) => proxyFor(new URL(url), options)?.host;
const PROXY = 'http://proxy:3128';

describe('the proxy for a registry', () => {
  it('is the one given', () => {
    expect(via('https://ghcr.io/', { proxy: PROXY, env: { HTTPS_PROXY: 'http://other:1' } })).toBe('proxy:3128');
  });

  it('comes from the environment by the scheme of the address', () => {
    const env = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'plain:2' };
    expect(via('https://ghcr.io/', { env })).toBe('secure:1');
    expect(via('http://ghcr.io/', { env })).toBe('plain:2');
  });

  it('of the environment is not used for this machine', () => {
    const env = { HTTP_PROXY: PROXY };
    expect(via('http://localhost:5000/', { env })).toBeUndefined();
    expect(via('http://127.0.0.1:5000/', { env })).toBeUndefined();
  });

  it.each([
    ['*', true],
    ['ghcr.io', true],
    ['.ghcr.io', false],
    ['io', true],
    ['hcr.io', false],
    ['ghcr.io:443', true],
    ['ghcr.io:80', false],
    ['a.example, ghcr.io', true],
    ['GHCR.IO', true],
  ])('is left out for ghcr.io by NO_PROXY=%s: %s', (noProxy, direct) => {
    expect(via('https://ghcr.io/', { proxy: PROXY, noProxy }) === undefined).toBe(direct);
  });

  it.each(['.example.com', 'example.com', '*.example.com'])(
    'is left out for a sub-domain by NO_PROXY=%s',
    (noProxy) => {
      expect(via('https://a.example.com/', { proxy: PROXY, env: { NO_PROXY: noProxy } })).toBeUndefined();
    },
  );

  it.each(['10.0.0.0/8', '10.1.2.3'])('is left out for an address by NO_PROXY=%s', (noProxy) => {
    expect(via('https://10.1.2.3/', { proxy: PROXY, noProxy })).toBeUndefined();
    expect(via('https://11.1.2.3/', { proxy: PROXY, noProxy })).toBe('proxy:3128');
  });

  it('must be an http or https URL', () => {
    expect(() => via('https://ghcr.io/', { proxy: 'ftp://x' })).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    );
  });
});
