import { describe, expect, it } from 'vitest';
import { addressKind, writtenKind } from '../../../engine/registry/addresses.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.1.1', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['169.254.169.254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['169.254.1.1', 'linkLocal'],
    ['fe80::1', 'linkLocal'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.0.1', 'private'],
    ['fd12::1', 'private'],
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2001:4860:4860::8888', 'public'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it.each(['http://0x7f.1/', 'http://2130706433/', 'http://[::1]/', 'http://localhost/', 'http://a.localhost/'])(
    'written as %s is loopback',
    (url) => {
      expect(writtenKind(new URL(url))).toBe('loopback');
    },
  );

  it('must be resolved for a name', () => {
    expect(writtenKind(new URL('https://ghcr.io/'))).toBeUndefined();
  });
});
