import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import type { FaultKind } from '../../support/registry/faults.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const blob = noise(300_000);
const node = descriptorOf(blob);
let registry: TestRegistry;
let registries: Registries;
let repository: RemoteRepository;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
  repository = registries.repository({ registry: registry.host, repository: 'a' });
  await repository.push(node, opener(blob, 65_536));
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const spoil = (fault: FaultKind, times = 1, after = 0) =>
  registry.fail({ method: 'GET', path: /\/blobs\/sha256/, times, after, fault });
const download = async () => readAll(await repository.fetch(node));
const ranges = () => registry.requests.filter(({ method }) => method === 'GET').map(({ headers }) => headers.range);

describe('a download that is cut', () => {
  it('goes on where it stopped', async () => {
    spoil({ cut: 100_000 });
    expect(await download()).toEqual(blob);
    const [first, second] = ranges();
    expect(first).toBeUndefined();
    expect(second).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('again and again comes to its end', async () => {
    spoil({ cut: 70_000 }, 4);
    expect(await download()).toEqual(blob);
  });

  it('without any progress is given up after five more tries', async () => {
    spoil({ cut: 0 }, 100);
    await expect(download()).rejects.toMatchObject({ code: 'NETWORK_UNREACHABLE' });
    expect(ranges()).toHaveLength(6);
  });

  it('starts over where the registry knows no ranges', async () => {
    spoil({ cut: 100_000 });
    spoil({ ignoreRange: true });
    expect(await download()).toEqual(blob);
  });

  it.each([
    { set: { 'content-range': 'bytes 5-299999/300000' } },
    { set: { 'content-range': undefined } },
    { status: 416 },
  ])('drops an answer with a wrong range: %j', async (fault) => {
    spoil({ cut: 100_000 });
    spoil(fault);
    expect(await download()).toEqual(blob);
    expect(ranges().at(-1)).toBeUndefined();
  });

  it('goes on when the registry is away for a moment', async () => {
    spoil({ cut: 100_000 });
    spoil({ status: 503 }, 2);
    expect(await download()).toEqual(blob);
  });
});

describe('a download with other bytes', () => {
  it('that ends early is tried once more, then refused', async () => {
    spoil({ short: 10 }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
  });

  it('that ended early once comes whole the second time', async () => {
    spoil({ short: 10 });
    expect(await download()).toEqual(blob);
  });

  it('that is too long is refused', async () => {
    spoil({ extra: 1 }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
  });
});

describe('a download that was compressed on the way', () => {
  it('is decompressed', async () => {
    spoil({ gzip: true });
    expect(await download()).toEqual(blob);
  });

  it('in a way that we do not know is refused', async () => {
    spoil({ set: { 'content-encoding': 'gzip, br' } }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('badly is refused', async () => {
    spoil({ set: { 'content-encoding': 'gzip' } }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });
});

describe('a download that stalls', () => {
  it('is cut and taken up again', async () => {
    spoil({ slow: { bytes: 100_000, everyMs: 900 } });
    expect(await download()).toEqual(blob);
  });

  it('before the first byte ends with a time-out', async () => {
    spoil({ hang: true }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
  });

  it('at a trickle ends with a time-out', async () => {
    await registries.close();
    registries = connect({ network: { limits: { minBytesPerSecond: 10_000_000, idleMs: 100, retries: 1 } } });
    repository = registries.repository({ registry: registry.host, repository: 'a' });
    spoil({ slow: { bytes: 20_000, everyMs: 40 } }, 9);
    await expect(download()).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
  });

  it('stops at once when it is cancelled', async () => {
    spoil({ hang: true });
    const abort = new AbortController();
    const fetching = repository.fetch(node, { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(fetching).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('in mid-layer stops when it is cancelled', async () => {
    spoil({ slow: { bytes: 1000, everyMs: 5 } });
    const abort = new AbortController();
    const stream = await repository.fetch(node, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(readAll(stream)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a manifest', () => {
  const kit = smallKit();
  beforeEach(() => pushKit(repository, kit, 'v1'));
  const fresh = () => connect().repository({ registry: registry.host, repository: 'a' });
  const spoilManifest = (fault: FaultKind, times = 1, method = 'GET') =>
    registry.fail({ method, path: /\/manifests\//, times, fault });

  it('with wrong bytes is read once more', async () => {
    spoilManifest({ corrupt: true });
    expect(await readAll(await fresh().fetch(kit.descriptor))).toEqual(kit.manifest);
  });

  it('with wrong bytes twice is refused', async () => {
    spoilManifest({ corrupt: true }, 2);
    await expect(fresh().fetch(kit.descriptor)).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
  });

  it('is resolved by reading it where HEAD is not known', async () => {
    spoilManifest({ status: 405 }, 1, 'HEAD');
    expect(await fresh().resolve('v1')).toEqual(kit.descriptor);
  });

  it('is resolved by our own hash where the registry does not name its digest', async () => {
    spoilManifest({ set: { 'docker-content-digest': undefined } }, 1, 'HEAD');
    expect(await fresh().resolve('v1')).toEqual(kit.descriptor);
  });

  it('whose digest is a lie is refused', async () => {
    spoilManifest({ set: { 'docker-content-digest': descriptorOf(noise(9)).digest } }, 1, 'HEAD');
    const repository = fresh();
    const resolved = await repository.resolve('v1');
    await expect(repository.fetch(resolved)).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('of more than 4 MiB is refused', async () => {
    spoilManifest({ extra: 5 * 1024 * 1024 }, 9);
    await expect(fresh().fetch(kit.descriptor)).rejects.toMatchObject({ code: 'METADATA_TOO_LARGE' });
  });

  it('that is a login page says so', async () => {
    spoilManifest({ html: 'Sign in to Café Wi-Fi' }, 9);
    spoilManifest({ html: 'Sign in to Café Wi-Fi' }, 9, 'HEAD');
    await expect(fresh().resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_PROTOCOL',
      message: expect.stringContaining('HTML'),
    });
  });
});
