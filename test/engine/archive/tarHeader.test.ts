import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tarHeader } from '../../../engine/archive/tarHeader.ts';

const GIB = 1024 ** 3;

function text(header: Buffer, offset: number, length: number): string {
  return header.toString('latin1', offset, offset + length);
}

describe('a header', () => {
  it('has the checksums that kit writes (spec 2.3)', () => {
    const file = tarHeader({ path: 'a.txt', kind: 'file', mode: 0o644, size: 3 });
    const folder = tarHeader({ path: 'model', kind: 'folder', mode: 0o755, size: 0 });
    expect([text(file, 148, 8), text(folder, 148, 8)]).toEqual(['010174\0 ', '010243\0 ']);
  });

  it('keeps setuid, setgid and sticky', () => {
    expect(text(tarHeader({ path: 'a', kind: 'file', mode: 0o7644, size: 0 }), 100, 8)).toBe('0007644\0');
  });

  it('splits a long path at the last slash that leaves room', () => {
    const header = tarHeader({ path: `${'p/'.repeat(70)}${'n'.repeat(90)}`, kind: 'file', mode: 0o644, size: 0 });
    expect(header).toHaveLength(512);
    expect(text(header, 0, 100)).toBe('n'.repeat(90).padEnd(100, '\0'));
    expect(text(header, 345, 155)).toBe('p/'.repeat(70).slice(0, -1).padEnd(155, '\0'));
  });

  it('needs no PAX below 8 GiB, and has a record from there on', () => {
    const below = tarHeader({ path: 'a', kind: 'file', mode: 0o644, size: 8 * GIB - 1 });
    const from = tarHeader({ path: 'a', kind: 'file', mode: 0o644, size: 8 * GIB });
    expect(text(below, 124, 12)).toBe('77777777777\0');
    expect(text(from, 512, 19)).toBe('19 size=8589934592\n');
    expect(text(from, 1024 + 124, 12)).toBe('00000000000\0');
  });
});

/** Digests of what Go's archive/tar writes, with the fields that kit sets. */
describe('the bytes are those of Go for', () => {
  it.each([
    ['another alphabet', 'модель/é.bin', 5, 'a3db775cdc8d215eb531c04e4ade5f6c523d655ef9499af623ad86fd8388bf9d'],
    [
      'a path that cannot be split',
      `${'d'.repeat(160)}/${'n'.repeat(120)}`,
      5,
      '33d1ce46df90cf8a3f00508fbba00810fa3a074d8bddf23e2f353f918fbcb5b2',
    ],
    [
      'a cut name that would end in a slash',
      `${'d'.repeat(99)}/${'é'.repeat(40)}`,
      5,
      'bf7c3c2e78321f468ee2bfff583c22ba564cff7cd350721fae27248f3ce927bf',
    ],
    [
      'a long path and 8 GiB',
      `${'d'.repeat(80)}/${'n'.repeat(80)}`,
      8 * GIB,
      '70a4b0c960d284999e90df9e9d74a467a912e489f9de491fa967d3515500ddcf',
    ],
  ])('%s', (_, path, size, hex) => {
    const header = tarHeader({ path, kind: 'file', mode: 0o644, size });
    expect(createHash('sha256').update(header).digest('hex')).toBe(hex);
  });
});
