import { beforeEach, describe, expect, it } from 'vitest';
import { copy } from '../../../engine/store/copy.ts';
import { descriptorOf, noise, smallKit } from '../../support/blobs.ts';
import { MemoryRepository, MemoryStoreOfRepositories } from '../../support/memoryRepository.ts';

const kit = smallKit();
let source: MemoryRepository;
let target: MemoryRepository;

beforeEach(() => {
  const store = new MemoryStoreOfRepositories();
  store.addKit('a', 'v1', kit);
  source = store.repository('a');
  target = new MemoryRepository();
});

describe('a copy', () => {
  it('brings blobs, manifest and tag', async () => {
    expect(await copy(source, 'v1', target, 'v2')).toEqual(kit.descriptor);
    expect(target.digests).toEqual(source.digests);
    expect([...target.tags]).toEqual([['v2', kit.descriptor]]);
  });

  it('sends the manifest last', async () => {
    const order: string[] = [];
    await copy(source, 'v1', target, undefined, { onNode: ({ digest }) => order.push(digest) });
    expect(order.at(-1)).toBe(kit.descriptor.digest);
  });

  it('skips what is there', async () => {
    target.add(kit.layer);
    const skipped: string[] = [];
    await copy(source, 'v1', target, undefined, { onSkip: ({ digest }) => skipped.push(digest) });
    expect(skipped).toEqual([descriptorOf(kit.layer).digest]);
  });

  it('without a new tag sets none', async () => {
    await copy(source, 'v1', target, undefined);
    expect([...target.tags]).toEqual([]);
  });

  it('that fails in one blob leaves no manifest', async () => {
    const broken = Object.assign(Object.create(source) as MemoryRepository, {
      resolve: () => source.resolve('v1'),
      exists: () => source.exists(kit.descriptor),
      fetch: (node: { digest: string }) =>
        node.digest === kit.descriptor.digest ? source.fetch(kit.descriptor) : source.fetch(descriptorOf(noise(3))),
    });
    await expect(copy(broken, 'v1', target, 'v1')).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    expect(target.digests).toEqual([]);
    expect([...target.tags]).toEqual([]);
  });

  it('that is cancelled leaves no manifest', async () => {
    const abort = new AbortController();
    const copying = copy(source, 'v1', target, 'v1', { signal: abort.signal, onNode: () => abort.abort() });
    await expect(copying).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([...target.tags]).toEqual([]);
  });
});
