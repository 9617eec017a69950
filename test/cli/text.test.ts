import { describe, expect, it } from 'vitest';
import { printable, sizeText, table } from '../../cli/text.ts';

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [1048575, '1023.9 KiB'],
    [1048576, '1.0 MiB'],
    [1024 ** 3, '1.0 GiB'],
    [1024 ** 4 * 2.55, '2.5 TiB'],
    [1024 ** 5, '1.0 PiB'],
    [1024 ** 6, '1024.0 PiB'],
  ])('of %d bytes reads %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});

describe('a name that would drive the terminal', () => {
  it('is shown with escapes', () => {
    expect(printable('a\u001b[31mb\u202ec\r')).toBe('a\\u001b[31mb\\u202ec\\u000d');
  });

  it('keeps letters of all scripts', () => {
    expect(printable('모델 – ünï')).toBe('모델 – ünï');
  });
});

describe('a table', () => {
  it('has three spaces between its columns and none at the end', () => {
    const rows = [
      ['REPOSITORY', 'TAG'],
      ['a', 'latest'],
    ];
    expect(table(rows)).toBe('REPOSITORY   TAG\na            latest');
  });
});
