import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../engine/registry/challenge.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => ({ scheme, ...Object.fromEntries(parameters) }));

describe('a WWW-Authenticate header', () => {
  it('names realm, service and scope', () => {
    expect(read('Bearer realm="https://a.io/token",service="a.io",scope="repository:x:pull,push"')).toEqual([
      { scheme: 'bearer', realm: 'https://a.io/token', service: 'a.io', scope: 'repository:x:pull,push' },
    ]);
  });

  it('may hold several challenges', () => {
    expect(read('Basic realm="a, b", Bearer realm="https://t", Negotiate')).toEqual([
      { scheme: 'basic', realm: 'a, b' },
      { scheme: 'bearer', realm: 'https://t' },
      { scheme: 'negotiate' },
    ]);
  });

  it('may leave the quotes away', () => {
    expect(read('Bearer realm=https://a.io/token?x=1,service=a.io')).toEqual([
      { scheme: 'bearer', realm: 'https://a.io/token?x=1', service: 'a.io' },
    ]);
  });

  it('may hold a token68, blanks around the equals sign and escapes', () => {
    expect(read('Negotiate YII=, Digest realm = "say \\"hi\\""')).toEqual([
      { scheme: 'negotiate' },
      { scheme: 'digest', realm: 'say "hi"' },
    ]);
  });

  it('keeps the first of two equal parameters', () => {
    expect(read('Bearer realm="a",realm="b"')).toEqual([{ scheme: 'bearer', realm: 'a' }]);
  });

  it('may be empty', () => {
    expect(read('')).toEqual([]);
  });

  it('is passed over where it makes no sense', () => {
    expect(read('"""=,=, @@ Basic realm="r"').at(-1)).toEqual({ scheme: 'basic', realm: 'r' });
    expect(read('Bearer realm="never closed')).toEqual([{ scheme: 'bearer', realm: 'never closed' }]);
  });

  it('of 64 KiB is read in no time', () => {
    expect(read(`Bearer ${'a="\\'.repeat(16_000)}`).length).toBeGreaterThan(0);
    expect(read(`${'x '.repeat(32_000)}`).length).toBeGreaterThan(0);
  });
});
