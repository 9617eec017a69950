import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import type { Fault } from '../../support/registry/faults.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const blob = noise(300_000);
const node = descriptorOf(blob);
const CHUNKED = { chunkFromBytes: 1000, chunkBytes: 100_000, minChunkBytes: 10_000 };
let registry: TestRegistry;
let registries: Registries;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

function repositoryWith(limits = {}): RemoteRepository {
  registries = connect({ network: { limits } });
  return registries.repository({ registry: registry.host, repository: 'a' });
}

async function upload(repository: RemoteRepository): Promise<Buffer> {
  await repository.push(node, opener(blob, 16_384));
  return await readAll(await repository.fetch(node));
}

const uploads = (method: string) =>
  registry.requests.filter((seen) => seen.method === method && seen.path.includes('/uploads/'));
const bodyFault = (method: string, fault: Fault['fault'], times = 1, after = 0) =>
  registry.fail({ method, path: /\/uploads\//, fault, times, after });

describe('an upload in one request that is cut', () => {
  it('goes on by PATCH after what had arrived', async () => {
    bodyFault('PUT', { cutRequest: 100_000 });
    expect(await upload(repositoryWith())).toEqual(blob);
    const [patch] = uploads('PATCH');
    expect(patch?.headers['content-range']).toBe('100000-299999');
  });

  it('starts again when nothing had arrived', async () => {
    bodyFault('PUT', { cutRequest: 0 });
    expect(await upload(repositoryWith())).toEqual(blob);
  });

  it('is done when the registry had got it all the same', async () => {
    bodyFault('PUT', { cut: 0 });
    expect(await upload(repositoryWith())).toEqual(blob);
    expect(uploads('PUT')).toHaveLength(1);
  });

  it('each time is given up with the reason', async () => {
    bodyFault('PUT', { cutRequest: 0 }, 99);
    bodyFault('PATCH', { cutRequest: 0 }, 99);
    await expect(upload(repositoryWith())).rejects.toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  });
});

describe('an upload in chunks', () => {
  it('goes on at the offset that the registry reports', async () => {
    bodyFault('PATCH', { cutRequest: 50_000 }, 1, 1);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
    expect(uploads('PATCH').map(({ headers }) => headers['content-range'])).toEqual([
      '0-99999',
      '100000-199999',
      '150000-249999',
      '250000-299999',
    ]);
  });

  it('survives an answer that got lost', async () => {
    bodyFault('PATCH', { cut: 0 }, 1, 1);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
  });

  it('survives 502 and 503', async () => {
    bodyFault('PATCH', { status: 502 });
    bodyFault('PATCH', { status: 503 }, 1, 1);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
  });

  it('asks where to go on after 416', async () => {
    bodyFault('PATCH', { status: 416 }, 1, 1);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
  });

  it('falls back to one request where PATCH is not known', async () => {
    await registry.stop();
    registry = await startRegistry({ abilities: { patch: false } });
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
  });

  it('begins a new session when the old one is lost', async () => {
    bodyFault('PATCH', { status: 404 }, 1, 1);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
    expect(uploads('POST')).toHaveLength(2);
  });

  it('is given up when sessions are lost again and again', async () => {
    bodyFault('PATCH', { status: 404 }, 99);
    await expect(upload(repositoryWith(CHUNKED))).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(uploads('POST')).toHaveLength(3);
  });

  it('uses smaller chunks after 413, down to the least', async () => {
    bodyFault('PATCH', { status: 413 }, 2);
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
    expect(
      uploads('PATCH')
        .map(({ headers }) => headers['content-length'])
        .slice(0, 3),
    ).toEqual(['100000', '50000', '25000']);
  });

  it('is refused when even the least is too large', async () => {
    bodyFault('PATCH', { status: 413 }, 99);
    await expect(upload(repositoryWith(CHUNKED))).rejects.toMatchObject({
      code: 'REGISTRY_REJECTED',
      facts: { status: 413 },
    });
  });

  it('takes chunks as large as the registry asks', async () => {
    await registry.stop();
    registry = await startRegistry({ abilities: { chunkMinLength: 200_000 } });
    expect(await upload(repositoryWith(CHUNKED))).toEqual(blob);
    expect(uploads('PATCH').map(({ headers }) => headers['content-length'])).toEqual(['200000', '100000']);
  });

  it('with a wrong count is an error of the registry', async () => {
    bodyFault('PATCH', { set: { range: '0-5' } });
    await expect(upload(repositoryWith(CHUNKED))).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('that fails for good leaves no session behind', async () => {
    bodyFault('PATCH', { status: 403 });
    await expect(upload(repositoryWith(CHUNKED))).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(uploads('DELETE')).toHaveLength(1);
  });
});

describe('an upload', () => {
  it('without a place to go to is an error of the registry', async () => {
    bodyFault('POST', { set: { location: undefined } });
    await expect(upload(repositoryWith())).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('needs no place in the last answer', async () => {
    bodyFault('PUT', { set: { location: undefined } });
    expect(await upload(repositoryWith())).toEqual(blob);
  });

  it('of other bytes than the digest says is refused by the registry', async () => {
    const repository = repositoryWith();
    await expect(repository.push(node, opener(noise(300_000, 7)))).rejects.toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
    });
    expect(await repository.exists(node)).toBe(false);
  });

  it('of fewer bytes than the descriptor says fails', async () => {
    await expect(repositoryWith().push(node, opener(blob.subarray(0, 1000)))).rejects.toMatchObject({
      code: 'BLOB_SIZE_MISMATCH',
    });
  });

  it('whose source fails passes the reason on', async () => {
    const broken = () =>
      Promise.reject(Object.assign(new Error('the disk'), { name: 'EngineError', code: 'IO_ERROR', facts: {} }));
    await expect(repositoryWith().push(node, broken)).rejects.toMatchObject({ code: 'IO_ERROR' });
  });

  it('stops when it is cancelled, and gives the session up', async () => {
    const repository = repositoryWith(CHUNKED);
    const abort = new AbortController();
    const pushing = repository.push(node, opener(blob, 1000), {
      signal: abort.signal,
      onBytes: (done) => done > 150_000 && abort.abort(),
    });
    await expect(pushing).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(uploads('DELETE')).toHaveLength(1);
  });

  it('waits for as long as the registry asks, and says so', async () => {
    const waits: string[] = [];
    registries = connect();
    const target = registries.repository(
      { registry: registry.host, repository: 'a' },
      { onWaiting: (text) => waits.push(text) },
    );
    bodyFault('POST', { status: 429, headers: { 'retry-after': '1' } });
    await target.push(node, opener(blob));
    expect(waits.join()).toContain('1 s');
  });

  it('does not wait for longer than two minutes', async () => {
    bodyFault('POST', { status: 429, headers: { 'retry-after': '3600' } });
    await expect(upload(repositoryWith())).rejects.toMatchObject({ code: 'REGISTRY_RATE_LIMITED' });
    expect(uploads('POST')).toHaveLength(1);
  });
});

describe('a manifest', () => {
  it('that names a blob that is not there is refused with the words of the registry', async () => {
    const kit = smallKit();
    await expect(repositoryWith().push(kit.descriptor, opener(kit.manifest))).rejects.toMatchObject({
      code: 'REGISTRY_REJECTED',
      facts: { registryCodes: ['MANIFEST_BLOB_UNKNOWN'] },
    });
  });

  it('is stored although the registry is away for a moment', async () => {
    const kit = smallKit();
    const repository = repositoryWith();
    registry.fail({ method: 'PUT', path: /\/manifests\//, fault: { status: 500 } });
    await pushKit(repository, kit, 'v1');
    expect(await repository.resolve('v1')).toEqual(kit.descriptor);
  });
});

describe('an upload of bytes that are not what their digest says', () => {
  const damaged = Buffer.from(blob).fill(0, 250_000, 250_010);

  it.each([
    ['in one request', {}],
    ['in chunks', CHUNKED],
  ])('%s stops before the last of them', async (_, limits) => {
    const pushing = repositoryWith(limits).push(node, opener(damaged, 16_384));
    await expect(pushing).rejects.toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
      message: `The bytes of ${node.digest} are not what its digest says.`,
    });
    expect(registry.repositories.hasBlob('a', node.digest)).toBe(false);
    expect(uploads('DELETE')).toHaveLength(1);
  });

  it('is seen also after a lost connection', async () => {
    bodyFault('PATCH', { cutRequest: 50_000 }, 1, 1);
    const pushing = repositoryWith(CHUNKED).push(node, opener(damaged, 16_384));
    await expect(pushing).rejects.toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
      facts: { actual: expect.any(String) },
    });
  });
});
