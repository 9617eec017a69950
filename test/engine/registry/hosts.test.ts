import { describe, expect, it } from 'vitest';
import { apiOrigin, normalHost } from '../../../engine/registry/hosts.ts';

describe('the name of a registry', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['GHCR.IO', 'ghcr.io'],
    ['https://ghcr.io/', 'ghcr.io'],
    ['ghcr.io:443', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['http://127.0.0.1:5000/v2/', '127.0.0.1:5000'],
    ['[::1]:5000', '[::1]:5000'],
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
  ])('%s is kept as %s', (text, host) => {
    expect(normalHost(text)).toBe(host);
  });

  it.each(['', ' ', 'a b', 'user@host', 'host\r\nX: y', 'host\0', 'a?b', 'h%2fx', 'https://', '.', '..'])(
    '%j is refused',
    (text) => {
      expect(() => normalHost(text)).toThrow(expect.objectContaining({ code: 'REFERENCE_INVALID' }));
    },
  );
});

describe('the address of an API', () => {
  it('is https unless plain HTTP is switched on', () => {
    expect(apiOrigin('localhost:5000', {}).origin).toBe('https://localhost:5000');
    expect(apiOrigin('localhost:5000', { plainHttp: true }).origin).toBe('http://localhost:5000');
  });

  it('is plain for the hosts named only', () => {
    const options = { plainHttp: ['localhost:5000'] };
    expect(apiOrigin('localhost:5000', options).origin).toBe('http://localhost:5000');
    expect(apiOrigin('ghcr.io', options).origin).toBe('https://ghcr.io');
  });

  it('of Docker Hub is elsewhere', () => {
    expect(apiOrigin('docker.io', {}).origin).toBe('https://registry-1.docker.io');
  });
});
