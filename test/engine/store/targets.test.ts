import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OCI_MANIFEST } from '../../../engine/oci/mediaTypes.ts';
import { LocalStore } from '../../../engine/store/localStore.ts';
import type { Target } from '../../../engine/store/store.ts';
import { descriptorOf, noise, opener, readAll, type SmallKit, smallKit } from '../../support/blobs.ts';
import { temporaryHome } from '../../support/localHome.ts';
import { MemoryRepository } from '../../support/memoryRepository.ts';
import { startRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

interface Opened {
  readonly target: Target;
  close(): Promise<void>;
}

const done = () => Promise.resolve();
const local = async (): Promise<Opened> => ({
  target: new LocalStore(temporaryHome()).repository('localhost/m'),
  close: done,
});
const memory = async (): Promise<Opened> => ({ target: new MemoryRepository(), close: done });
const remote = async (): Promise<Opened> => {
  const registry = await startRegistry();
  const registries = connect();
  const target = registries.repository({ registry: registry.host, repository: 'm' });
  return { target, close: () => registries.close().then(() => registry.stop()) };
};

/** What every store must do; a new kind of store is one more line. */
describe.each([
  ['memory', memory],
  ['the local store', local],
  ['a registry', remote],
])('a repository in %s', (_, open) => {
  const kit = smallKit();
  const other = smallKit(noise(300, 7), 'other');
  let opened: Opened;
  let target: Target;
  beforeEach(async () => {
    opened = await open();
    target = opened.target;
  });
  afterEach(() => opened.close());

  async function store({ config, layer, manifest, descriptor }: SmallKit): Promise<void> {
    for (const blob of [config, layer]) await target.push(descriptorOf(blob), opener(blob));
    await target.push(descriptor, opener(manifest));
  }

  it('gives back what was pushed, byte for byte', async () => {
    await store(kit);
    expect(await readAll(await target.fetch(descriptorOf(kit.layer)))).toEqual(kit.layer);
    expect(await readAll(await target.fetch(kit.descriptor))).toEqual(kit.manifest);
  });

  it('reads from an offset on', async () => {
    await store(kit);
    const stream = await target.fetch(descriptorOf(kit.layer), { offset: 1234 });
    expect(await readAll(stream)).toEqual(kit.layer.subarray(1234));
  });

  it('stores an empty blob', async () => {
    const empty = Buffer.alloc(0);
    await target.push(descriptorOf(empty), opener(empty));
    expect(await target.exists(descriptorOf(empty))).toBe(true);
    expect(await readAll(await target.fetch(descriptorOf(empty)))).toEqual(empty);
  });

  it('knows what it has', async () => {
    expect(await target.exists(kit.descriptor)).toBe(false);
    expect(await target.exists(descriptorOf(kit.layer))).toBe(false);
    await store(kit);
    expect(await target.exists(kit.descriptor)).toBe(true);
    expect(await target.exists(descriptorOf(kit.layer))).toBe(true);
  });

  it('takes again what it has', async () => {
    await store(kit);
    await store(kit);
    expect(await target.exists(kit.descriptor)).toBe(true);
  });

  it('resolves a tag and a digest', async () => {
    await store(kit);
    await target.tag(kit.descriptor, 'v1');
    expect(await target.resolve('v1')).toEqual(kit.descriptor);
    expect(await target.resolve(kit.descriptor.digest)).toMatchObject({ digest: kit.descriptor.digest });
  });

  it('moves a tag', async () => {
    for (const one of [kit, other]) {
      await store(one);
      await target.tag(one.descriptor, 'v1');
    }
    expect(await target.resolve('v1')).toEqual(other.descriptor);
  });

  it.each(['v1', `sha256:${'0'.repeat(64)}`])('does not know %s before it was stored', async (reference) => {
    await expect(target.resolve(reference)).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('says that a blob is missing', async () => {
    const fetching = async () => readAll(await target.fetch(descriptorOf(noise(9))));
    await expect(fetching()).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('refuses a blob with other bytes, and shows nothing of it', async () => {
    await expect(target.push(descriptorOf(kit.layer), opener(noise(5000, 3)))).rejects.toThrow();
    expect(await target.exists(descriptorOf(kit.layer))).toBe(false);
  });

  it('refuses a manifest with other bytes', async () => {
    const wrong = { ...kit.descriptor, digest: `sha256:${'1'.repeat(64)}`, mediaType: OCI_MANIFEST };
    await expect(target.push(wrong, opener(kit.manifest))).rejects.toThrow();
    await expect(target.resolve(wrong.digest)).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('reports how far it is', async () => {
    const seen: number[] = [];
    await target.push(descriptorOf(kit.layer), opener(kit.layer), { onBytes: (bytes) => seen.push(bytes) });
    expect(seen.at(-1)).toBe(kit.layer.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
