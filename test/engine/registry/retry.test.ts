import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../engine/registry/limits.ts';
import { backoff, retryAfter } from '../../../engine/registry/retry.ts';

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ])('%j asks for %d ms', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });

  it.each(['soon', '-5', ''])('%j asks for nothing', (header) => {
    expect(retryAfter(header, now)).toBeUndefined();
  });
});

describe('the wait before the next try', () => {
  it('never passes its limit, however many tries there were', () => {
    const waits = Array.from({ length: 200 }, (_, attempt) => backoff(attempt, DEFAULT_LIMITS));
    expect(Math.max(...waits)).toBeLessThanOrEqual(DEFAULT_LIMITS.retryMaxMs);
  });
});
