import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../engine/modelkit/call.ts';
import { push } from '../../../engine/modelkit/push.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import { noise, readAll, smallKit } from '../../support/blobs.ts';
import { MemoryStoreOfRepositories } from '../../support/memoryRepository.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

const kit = smallKit();
let registry: TestRegistry;
let registries: Registries;
let store: MemoryStoreOfRepositories;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
  store = new MemoryStoreOfRepositories();
  store.addKit('localhost/m', 'v1', kit);
  store.addKit(`${registry.host}/team/m`, 'v1', kit);
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const at = (name: string) => `${registry.host}/${name}`;
const there = (repository: string) => registries.repository({ registry: registry.host, repository });

describe('a push', () => {
  it('brings the whole kit into the registry', async () => {
    const result = await push({ registries, store }, at('team/m:v1'));
    expect(result).toEqual({
      digest: kit.descriptor.digest,
      reference: at('team/m:v1'),
      bytes: kit.config.length + kit.layer.length + kit.manifest.length,
      moved: 3,
      skipped: 0,
    });
    expect(await readAll(await there('team/m').fetch(kit.descriptor))).toEqual(kit.manifest);
  });

  it('under another name leaves the local one as it is', async () => {
    await push({ registries, store }, 'm:v1', at('other:v2'));
    expect(await there('other').resolve('v2')).toEqual(kit.descriptor);
  });

  it('sets the tag last', async () => {
    await push({ registries, store }, 'm:v1', at('m:v1'));
    expect(registry.requests.at(-1)).toMatchObject({ method: 'PUT', path: '/v2/m/manifests/v1' });
  });

  it('again sends nothing', async () => {
    await push({ registries, store }, 'm:v1', at('m:v1'));
    const before = registry.requests.length;
    expect(await push({ registries, store }, 'm:v1', at('m:v1'))).toMatchObject({ bytes: 0, moved: 0 });
    expect(registry.requests.slice(before).map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('of a kit that is there under another tag only sets the tag', async () => {
    await push({ registries, store }, 'm:v1', at('m:v1'));
    expect(await push({ registries, store }, 'm:v1', at('m:v2'))).toMatchObject({ bytes: 0, moved: 0, skipped: 1 });
    expect(await there('m').resolve('v2')).toEqual(kit.descriptor);
  });

  it('says what the tag named before', async () => {
    const newer = smallKit(noise(77), 'newer');
    store.addKit('localhost/m', 'v2', newer);
    await push({ registries, store }, 'm:v1', at('m:latest'));
    expect(await push({ registries, store }, 'm:v2', at('m:latest'))).toMatchObject({
      digest: newer.descriptor.digest,
      previousDigest: kit.descriptor.digest,
    });
  });

  it('mounts what the same registry has under the local name', async () => {
    await push({ registries, store }, at('team/m:v1'));
    const before = registry.requests.length;
    await push({ registries, store }, at('team/m:v1'), at('copy:v1'));
    expect(registry.requests.slice(before).some(({ method }) => method === 'PATCH')).toBe(false);
    expect(registry.requests.slice(before).filter(({ path }) => path.includes('mount='))).toHaveLength(2);
  });

  it('sends again, once, what the registry did not have after all', async () => {
    const { config } = JSON.parse(kit.manifest.toString());
    registry.fail({ method: 'HEAD', path: new RegExp(config.digest), fault: { status: 200 } });
    await push({ registries, store }, 'm:v1', at('m:v1'));
    expect(await there('m').resolve('v1')).toEqual(kit.descriptor);
  });

  it('reports the bytes of each blob', async () => {
    const events: EngineEvent[] = [];
    await push({ registries, store }, 'm:v1', at('m:v1'), { onEvent: (event) => events.push(event) });
    const last = events
      .filter((event) => event.type === 'progress')
      .filter(({ label }) => label.startsWith('model '))
      .at(-1);
    expect(last).toMatchObject({ done: kit.layer.length, total: kit.layer.length });
  });

  it.each(['m:v1', 'localhost/m:v1'])('to %s needs a registry', async (reference) => {
    await expect(push({ registries, store }, reference)).rejects.toMatchObject({
      code: 'REFERENCE_INVALID',
      message: expect.stringContaining('registry is required when pushing'),
    });
  });

  it('of several tags at once is refused', async () => {
    await expect(push({ registries, store }, at('m:a,b'))).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });

  it('of what is not here says so', async () => {
    await expect(push({ registries, store }, at('team/m:nope'))).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('that is not allowed says so, and names nothing in the registry', async () => {
    registry.fail({ method: 'POST', times: 9, fault: { status: 403 } });
    await expect(push({ registries, store }, 'm:v1', at('m:v1'))).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(registry.repositories.tags('m') ?? []).toEqual([]);
  });

  it('that is cancelled names nothing in the registry', async () => {
    const abort = new AbortController();
    const call = { signal: abort.signal, onEvent: () => abort.abort() };
    await expect(push({ registries, store }, 'm:v1', at('m:v1'), call)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(registry.repositories.tags('m') ?? []).toEqual([]);
  });
});
