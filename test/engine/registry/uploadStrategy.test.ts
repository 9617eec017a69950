import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../engine/registry/limits.ts';
import { uploadStrategy } from '../../../engine/registry/uploadStrategy.ts';

const MIB = 1024 * 1024;
const choose = (host: string, size: number, minLength?: string) =>
  uploadStrategy(new URL(`https://${host}/v2/x`), size, minLength, DEFAULT_LIMITS);

describe('a blob goes up', () => {
  it.each([
    'ghcr.io',
    'europe-docker.pkg.dev',
    'gcr.io',
    'eu.gcr.io',
    '1.dkr.ecr.eu-west-1.amazonaws.com',
    'x.amazonaws.com.cn',
    'GHCR.IO',
  ])('in one request to %s', (host) => {
    expect(choose(host, 500 * MIB)).toEqual({ kind: 'put' });
  });

  it.each(['notgcr.io', 'ghcr.io.evil.example', 'registry.example.com', 'localhost'])('in chunks to %s', (host) => {
    expect(choose(host, 500 * MIB)).toEqual({ kind: 'chunks', chunkBytes: 100 * MIB });
  });

  it('in one request below 100 MiB', () => {
    expect(choose('r.example.com', 100 * MIB - 1)).toEqual({ kind: 'put' });
    expect(choose('r.example.com', 100 * MIB)).toEqual({ kind: 'chunks', chunkBytes: 100 * MIB });
  });

  it('in chunks as large as the registry asks', () => {
    expect(choose('r.example.com', 5000 * MIB, String(200 * MIB))).toEqual({ kind: 'chunks', chunkBytes: 200 * MIB });
  });

  it('in one request when the registry asks for chunks beyond 1 GiB', () => {
    expect(choose('r.example.com', 5000 * MIB, String(2000 * MIB))).toEqual({ kind: 'put' });
  });

  it.each(['many', '-1', '1e9', ''])('as usual when the registry asks for %j', (minLength) => {
    expect(choose('r.example.com', 500 * MIB, minLength)).toEqual({ kind: 'chunks', chunkBytes: 100 * MIB });
  });
});
