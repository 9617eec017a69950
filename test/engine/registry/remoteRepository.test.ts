import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

let registry: TestRegistry;
let registries: Registries;
let repository: RemoteRepository;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
  repository = registries.repository({ registry: registry.host, repository: 'team/model' });
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const methods = () => registry.requests.map(({ method }) => method);

describe('a repository in a registry', () => {
  it('gives back what was pushed, byte for byte', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    expect(await repository.resolve('v1')).toEqual(kit.descriptor);
    expect(await readAll(await repository.fetch(kit.descriptor))).toEqual(kit.manifest);
    expect(await readAll(await repository.fetch(descriptorOf(kit.layer)))).toEqual(kit.layer);
  });

  it('resolves a digest to itself', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    expect(await repository.resolve(kit.descriptor.digest)).toEqual(kit.descriptor);
  });

  it('knows what it has', async () => {
    const blob = noise(100);
    expect(await repository.exists(descriptorOf(blob))).toBe(false);
    await repository.push(descriptorOf(blob), opener(blob));
    expect(await repository.exists(descriptorOf(blob))).toBe(true);
  });

  it('reads from an offset on', async () => {
    const blob = noise(3000);
    await repository.push(descriptorOf(blob), opener(blob));
    const stream = await repository.fetch(descriptorOf(blob), { offset: 1234 });
    expect(await readAll(stream)).toEqual(blob.subarray(1234));
  });

  it('stores an empty blob', async () => {
    const nothing = Buffer.alloc(0);
    await repository.push(descriptorOf(nothing), opener(nothing));
    expect(await readAll(await repository.fetch(descriptorOf(nothing)))).toEqual(nothing);
  });

  it('sets a tag without reading the manifest again', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    const before = registry.requests.length;
    await repository.tag(kit.descriptor, 'v2');
    expect(methods().slice(before)).toEqual(['PUT']);
  });

  it('lists all tags, page by page', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    for (const tag of ['v2', 'v3', 'v4']) await repository.tag(kit.descriptor, tag);
    const first = await repository.tagsPage({ limit: 3 });
    expect(first.entries).toEqual(['v1', 'v2', 'v3']);
    const second = await repository.tagsPage({ after: first.next ?? '' });
    expect(second).toEqual({ entries: ['v4'] });
  });

  it('removes a manifest with all its tags', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    await repository.deleteManifest(kit.descriptor.digest);
    await expect(repository.resolve('v1')).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('refuses a name that no registry takes before any request', () => {
    expect(() => registries.repository({ registry: registry.host, repository: '../up' })).toThrow(
      expect.objectContaining({ code: 'REFERENCE_INVALID' }),
    );
    expect(registry.requests).toEqual([]);
  });
});

describe('a blob of 100 MiB or more', () => {
  const limits = { chunkFromBytes: 1000, chunkBytes: 400 };

  it('goes up in chunks, with the last one shorter', async () => {
    const blob = noise(1000);
    const chunked = connect({ network: { limits } });
    await chunked.repository({ registry: registry.host, repository: 'a' }).push(descriptorOf(blob), opener(blob));
    expect(methods()).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH', 'PUT']);
    expect(registry.requests.map(({ headers }) => headers['content-range']).filter(Boolean)).toEqual([
      '0-399',
      '400-799',
      '800-999',
    ]);
    await chunked.close();
  });

  it('reports the bytes that have gone', async () => {
    const blob = noise(2000);
    const seen: number[] = [];
    const chunked = connect({ network: { limits } });
    const target = chunked.repository({ registry: registry.host, repository: 'a' });
    await target.push(descriptorOf(blob), opener(blob), { onBytes: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(2000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await chunked.close();
  });
});

describe('a blob that another repository of the registry has', () => {
  it('is mounted, and not sent', async () => {
    const blob = noise(1000);
    await repository.push(descriptorOf(blob), opener(blob));
    const before = registry.requests.length;
    const other = registries.repository(
      { registry: registry.host, repository: 'other' },
      { mountFrom: ['team/model'] },
    );
    await other.push(descriptorOf(blob), opener(blob));
    expect(methods().slice(before)).toEqual(['POST']);
    expect(await other.exists(descriptorOf(blob))).toBe(true);
  });

  it('is sent when the registry does not mount', async () => {
    const stubborn = await startRegistry({ abilities: { mount: false } });
    const blob = noise(1000);
    const target = registries.repository(
      { registry: stubborn.host, repository: 'other' },
      { mountFrom: ['team/model'] },
    );
    await target.push(descriptorOf(blob), opener(blob));
    expect(await target.exists(descriptorOf(blob))).toBe(true);
    await stubborn.stop();
  });
});
