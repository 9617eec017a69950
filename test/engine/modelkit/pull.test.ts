import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../engine/modelkit/call.ts';
import { pull } from '../../../engine/modelkit/pull.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import { kitOf, noise, type SmallKit, smallKit } from '../../support/blobs.ts';
import { MemoryStoreOfRepositories } from '../../support/memoryRepository.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const kit = smallKit(noise(100_000));
let registry: TestRegistry;
let registries: Registries;
let store: MemoryStoreOfRepositories;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
  store = new MemoryStoreOfRepositories();
  await publish('m', 'v1', kit);
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const at = (name: string) => `${registry.host}/${name}`;

async function publish(repository: string, tag: string, what: SmallKit): Promise<void> {
  const publisher = connect();
  await pushKit(publisher.repository({ registry: registry.host, repository }), what, tag);
  await publisher.close();
}

describe('a pull', () => {
  it('brings the whole kit into the local store, under the same name', async () => {
    expect(await pull({ registries, store }, at('m:v1'))).toEqual({
      digest: kit.descriptor.digest,
      reference: at('m:v1'),
      bytes: kit.config.length + kit.layer.length + kit.manifest.length,
      moved: 3,
      skipped: 0,
      parents: [],
    });
    expect(await store.repository(at('m')).resolve('v1')).toEqual(kit.descriptor);
  });

  it('by digest leaves no tag', async () => {
    await pull({ registries, store }, at(`m@${kit.descriptor.digest}`));
    const local = store.repository(at('m'));
    expect([...local.tags]).toEqual([]);
    expect(await local.exists(kit.descriptor)).toBe(true);
  });

  it('again receives nothing', async () => {
    await pull({ registries, store }, at('m:v1'));
    expect(await pull({ registries, store }, at('m:v1'))).toMatchObject({ bytes: 0, moved: 0 });
  });

  it('survives a layer that is cut', async () => {
    registry.fail({ method: 'GET', path: /\/blobs\//, times: 2, fault: { cut: 20 } });
    await pull({ registries, store }, at('m:v1'));
    expect(await store.repository(at('m')).resolve('v1')).toEqual(kit.descriptor);
  });

  it('asks once more for a layer with wrong bytes', async () => {
    registry.fail({ method: 'GET', path: /\/blobs\//, fault: { corrupt: true } });
    await pull({ registries, store }, at('m:v1'));
    expect(await store.repository(at('m')).resolve('v1')).toEqual(kit.descriptor);
  });

  it('refuses a layer with wrong bytes the second time, and names nothing', async () => {
    registry.fail({ method: 'GET', path: /\/blobs\//, times: 9, fault: { corrupt: true } });
    await expect(pull({ registries, store }, at('m:v1'))).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
    expect([...store.repository(at('m')).tags]).toEqual([]);
  });

  it('reports the bytes of each blob', async () => {
    const events: EngineEvent[] = [];
    await pull({ registries, store }, at('m:v1'), { onEvent: (event) => events.push(event) });
    const labels = new Set(events.filter((event) => event.type === 'progress').map(({ label }) => label.split(' ')[0]));
    expect([...labels].sort()).toEqual(['config', 'manifest', 'model']);
  });

  it('says when it waits', async () => {
    const events: EngineEvent[] = [];
    registry.fail({ fault: { status: 503 } });
    await pull({ registries, store }, at('m:v1'), { onEvent: (event) => events.push(event) });
    expect(events.some(({ type }) => type === 'waiting')).toBe(true);
  });

  it.each(['nope', 'm:v9'])('of %s, which is not there, says so', async (name) => {
    await expect(pull({ registries, store }, at(name))).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('needs a registry', async () => {
    await expect(pull({ registries, store }, 'm:v1')).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });

  it('of something else says what it is, and stores nothing', async () => {
    await publish('image', 'v1', kitOf(Buffer.from('{}'), noise(9), 'application/vnd.oci.image.config.v1+json'));
    await expect(pull({ registries, store }, at('image:v1'))).rejects.toMatchObject({
      code: 'NOT_A_MODELKIT',
      message: expect.stringContaining('container image'),
    });
    expect(store.repository(at('image')).digests).toEqual([]);
  });

  it('that is cancelled names nothing', async () => {
    const abort = new AbortController();
    const call = { signal: abort.signal, onEvent: () => abort.abort() };
    await expect(pull({ registries, store }, at('m:v1'), call)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([...store.repository(at('m')).tags]).toEqual([]);
  });
});

describe('a pull of a kit whose model is another kit', () => {
  it('brings that one too, into its own repository, with its own tag', async () => {
    await publish('child', 'v1', smallKit(noise(10), 'child', at('m:v1')));
    const { parents } = await pull({ registries, store }, at('child:v1'));
    expect(parents).toEqual([{ digest: kit.descriptor.digest, reference: at('m:v1') }]);
    expect(await store.repository(at('m')).resolve('v1')).toEqual(kit.descriptor);
    expect((await store.repository(at('child')).resolve('v1')).digest).not.toBe(kit.descriptor.digest);
  });

  it('finds one without a registry in the local store', async () => {
    store.addKit('localhost/base', 'v1', kit);
    await publish('child', 'v1', smallKit(noise(10), 'child', 'base:v1'));
    const { parents } = await pull({ registries, store }, at('child:v1'));
    expect(parents).toEqual([{ digest: kit.descriptor.digest, reference: 'base:v1' }]);
  });

  it('takes a path for a path', async () => {
    await publish('child', 'v1', smallKit(noise(10), 'child', './models/m.bin'));
    expect((await pull({ registries, store }, at('child:v1'))).parents).toEqual([]);
  });

  it('in a circle is refused', async () => {
    await publish('a', 'v1', smallKit(noise(10), 'a', at('b:v1')));
    await publish('b', 'v1', smallKit(noise(10), 'b', at('a:v1')));
    await expect(pull({ registries, store }, at('a:v1'))).rejects.toMatchObject({
      code: 'REFERENCE_CHAIN',
      message: expect.stringContaining('=>'),
    });
  });

  it('is followed to the tenth parent', async () => {
    for (let depth = 1; depth <= 11; depth += 1)
      await publish(
        `k${depth}`,
        'v1',
        smallKit(noise(depth), `k${depth}`, depth === 1 ? undefined : at(`k${depth - 1}:v1`)),
      );
    expect((await pull({ registries, store }, at('k11:v1'))).parents).toHaveLength(10);
    await publish('k12', 'v1', smallKit(noise(12), 'k12', at('k11:v1')));
    await expect(pull({ registries, store }, at('k12:v1'))).rejects.toMatchObject({ code: 'REFERENCE_CHAIN' });
  });
});
