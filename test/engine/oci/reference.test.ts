import { describe, expect, it } from 'vitest';
import {
  displayReference,
  formatReference,
  isLocalOnly,
  parseReference,
  withDefaultTag,
} from '../../../engine/oci/reference.ts';

const HEX = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

describe('a reference', () => {
  it.each([
    ['m', { registry: 'localhost', repository: 'm' }],
    ['a/b/c', { registry: 'localhost', repository: 'a/b/c' }],
    ['reg.io/a/b:t,u,v', { registry: 'reg.io', repository: 'a/b', tag: 't', extraTags: ['u', 'v'] }],
    ['localhost:5000/a:t', { registry: 'localhost:5000', repository: 'a', tag: 't' }],
    [`m:t@sha256:${HEX}`, { registry: 'localhost', repository: 'm', digest: `sha256:${HEX}` }],
    [`sha256:${HEX}`, { registry: 'localhost', repository: '_', digest: `sha256:${HEX}` }],
    ['./m:7b', { registry: '.', repository: 'm', tag: '7b' }],
    ['[::1]:5000/m', { registry: '[::1]:5000', repository: 'm' }],
    ['m:t,', { registry: 'localhost', repository: 'm', tag: 't', extraTags: [''] }],
  ])('%s is read', (text, expected) => {
    expect(parseReference(text)).toEqual({ extraTags: [], ...expected });
  });

  it.each([
    '',
    'M',
    'a//b',
    'a/../b',
    'm:',
    'm:a b',
    'm@sha256:12',
    'a%2fb',
    'r.io/m\r\nX',
    'm:-x',
    'x'.repeat(5000),
    'ä',
  ])('%j is refused', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'REFERENCE_INVALID' }));
  });

  it('without tag or digest gets the tag latest where one is needed', () => {
    expect(withDefaultTag(parseReference('m')).tag).toBe('latest');
    expect(withDefaultTag(parseReference(`m@sha256:${HEX}`)).tag).toBeUndefined();
  });

  it.each([
    ['m:t', 'localhost/m:t', 'm:t'],
    ['r.io/m', 'r.io/m', 'r.io/m'],
    [`sha256:${HEX}`, `localhost/_@sha256:${HEX}`, `sha256:${HEX}`],
  ])('%s has a full and a short form', (text, full, short) => {
    expect(formatReference(parseReference(text))).toBe(full);
    expect(displayReference(parseReference(text))).toBe(short);
  });

  it('is local without a registry, or with localhost without a port', () => {
    expect(['m', 'localhost/m', 'localhost:5000/m'].map((text) => isLocalOnly(parseReference(text)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
