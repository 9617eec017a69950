import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeRemote } from '../../../engine/modelkit/removeRemote.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { smallKit } from '../../support/blobs.ts';
import { type DockerRegistry, startDockerRegistry } from '../../support/dockerRegistry.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const kit = smallKit();
const { digest } = kit.descriptor;
let registries: Registries;
let repository: RemoteRepository;
let host: string;

beforeEach(() => {
  registries = connect();
});

afterEach(() => registries.close());

async function fill(registry: { readonly host: string }, ...tags: string[]): Promise<void> {
  host = registry.host;
  repository = registries.repository({ registry: host, repository: 'm' });
  await pushKit(repository, kit, 'v1');
  for (const tag of tags) await repository.tag(kit.descriptor, tag);
}

const remove = (reference: string) => removeRemote({ registries }, `${host}/${reference}`);
const tags = async () => (await repository.tagsPage()).entries;

describe('a registry that can delete tags', () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startRegistry();
  });
  afterEach(() => registry.stop());

  it('loses that tag only', async () => {
    await fill(registry, 'v2');
    expect(await remove('m:v1')).toEqual({ reference: `${host}/m:v1`, digest, untagged: true });
    expect(await tags()).toEqual(['v2']);
  });

  it('loses all tags by digest', async () => {
    await fill(registry, 'v2');
    expect(await remove(`m@${digest}`)).toMatchObject({ untagged: false });
    expect(await tags()).toEqual([]);
  });

  it('says that there is no such tag', async () => {
    await fill(registry);
    await expect(remove('m:nope')).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });
});

describe('the registry of the distribution project, which cannot delete tags', () => {
  let registry: DockerRegistry;
  beforeEach(async () => {
    registry = await startDockerRegistry();
  });
  afterEach(() => registry.stop());

  it('loses the ModelKit with its only tag', async () => {
    await fill(registry);
    expect(await remove('m:v1')).toMatchObject({ digest, untagged: false });
    await expect(repository.resolve('v1')).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('loses nothing while other tags name the same', async () => {
    await fill(registry, 'v2');
    await expect(remove('m:v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNSUPPORTED',
      message: expect.stringContaining('v2'),
      advice: expect.stringContaining(`@${digest}`),
    });
    expect((await repository.resolve('v1')).digest).toBe(digest);
  });
});

describe('a registry that deletes nothing', () => {
  it('says so in the words of kit', async () => {
    const registry = await startRegistry({ abilities: { delete: false } });
    await fill(registry);
    await expect(remove('m:v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNSUPPORTED',
      message: expect.stringContaining('removing models is unsupported by registry'),
    });
    await registry.stop();
  });
});
