import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listRemote } from '../../../engine/modelkit/listRemote.ts';
import { remoteTags } from '../../../engine/modelkit/remoteTags.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { kitOf, noise, smallKit } from '../../support/blobs.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const kit = smallKit();
let registry: TestRegistry;
let registries: Registries;
let repository: RemoteRepository;

beforeEach(async () => {
  registry = await startRegistry();
  registries = connect();
  repository = registries.repository({ registry: registry.host, repository: 'team/m' });
  await pushKit(repository, kit, 'v1');
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const at = (name: string) => `${registry.host}/${name}`;
const row = (tag: string) => ({
  repository: 'team/m',
  digest: kit.descriptor.digest,
  tags: [tag],
  name: 'small',
  author: 'Ada',
  size: kit.layer.length,
  layerCount: 1,
});

describe('the ModelKits of a repository', () => {
  it('are listed tag by tag', async () => {
    await repository.tag(kit.descriptor, 'v2');
    expect(await listRemote({ registries }, at('team/m'))).toEqual([row('v1'), row('v2')]);
  });

  it('are listed without what is no ModelKit', async () => {
    await pushKit(repository, kitOf(Buffer.from('{}'), noise(9), 'application/vnd.oci.image.config.v1+json'), 'image');
    expect(await listRemote({ registries }, at('team/m'))).toEqual([row('v1')]);
  });

  it('are listed without a tag that goes meanwhile', async () => {
    await repository.tag(kit.descriptor, 'gone');
    registry.fail({ path: /manifests\/gone/, times: 9, fault: { status: 404 } });
    expect(await listRemote({ registries }, at('team/m'))).toEqual([row('v1')]);
  });

  it('are one when a tag or digest is given', async () => {
    await repository.tag(kit.descriptor, 'v2');
    expect(await listRemote({ registries }, at('team/m:v2'))).toEqual([row('v2')]);
    expect(await listRemote({ registries }, at(`team/m@${kit.descriptor.digest}`))).toEqual([
      { ...row('v1'), tags: [] },
    ]);
  });

  it('are not guessed where the repository is unknown', async () => {
    await expect(listRemote({ registries }, at('nope'))).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('need a registry', async () => {
    await expect(listRemote({ registries }, 'team/m')).rejects.toMatchObject({ code: 'REFERENCE_INVALID' });
  });
});

describe('the tags of a repository', () => {
  it('come page by page', async () => {
    for (const tag of ['v2', 'v3']) await repository.tag(kit.descriptor, tag);
    const first = await remoteTags({ registries }, at('team/m'), { limit: 2 });
    expect(first.tags).toEqual(['v1', 'v2']);
    expect(await remoteTags({ registries }, at('team/m'), { limit: 2, after: first.next ?? '' })).toEqual({
      tags: ['v3'],
    });
  });
});
