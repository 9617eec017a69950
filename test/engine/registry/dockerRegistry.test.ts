import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../../engine/registry/credential.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import { type DockerRegistry, startDockerRegistry } from '../../support/dockerRegistry.ts';
import { connect, pushKit } from '../../support/remote.ts';
import { runDebian, skopeoToLayout } from '../../support/skopeo.ts';

const MIB = 1024 * 1024;
/** `ada:secret`, bcrypt. */
const HTPASSWD = 'ada:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a';
let folder: string;

beforeAll(async () => {
  await runDebian('skopeo', '--version');
  await runDebian('docker-registry', '--version');
  folder = await mkdtemp(join(tmpdir(), 'modelkit-layout-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function layoutBlob(layout: string, digest: string): Promise<Buffer> {
  return await readFile(join(folder, layout, 'blobs', digest.replace(':', '/')));
}

describe('the registry of the distribution project', () => {
  let peer: DockerRegistry;
  let registries: Registries;
  let repository: RemoteRepository;

  beforeAll(async () => {
    peer = await startDockerRegistry();
    registries = connect({
      network: { limits: { chunkFromBytes: 3 * MIB, chunkBytes: MIB, firstByteMs: 20_000, idleMs: 20_000 } },
    });
    repository = registries.repository({ registry: peer.host, repository: 'team/model' });
  });

  afterAll(async () => {
    await registries.close();
    await peer.stop();
  });

  it('holds what we push, and skopeo copies it', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    await skopeoToLayout(`${peer.host}/team/model:v1`, join(folder, 'plain'));
    expect(await layoutBlob('plain', kit.descriptor.digest)).toEqual(kit.manifest);
    expect(await layoutBlob('plain', descriptorOf(kit.layer).digest)).toEqual(kit.layer);
  });

  it('takes a layer in chunks', async () => {
    const kit = smallKit(noise(5 * MIB + 17), 'chunked');
    await pushKit(repository, kit, 'chunked');
    await skopeoToLayout(`${peer.host}/team/model:chunked`, join(folder, 'chunked'));
    expect(await layoutBlob('chunked', descriptorOf(kit.layer).digest)).toEqual(kit.layer);
  });

  it('mounts a layer from another repository', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    const other = registries.repository({ registry: peer.host, repository: 'other' }, { mountFrom: ['team/model'] });
    await other.push(descriptorOf(kit.layer), () => Promise.reject(new Error('the layer was opened')));
    expect(await other.exists(descriptorOf(kit.layer))).toBe(true);
  });

  it('gives back a layer from an offset on', async () => {
    const layer = noise(2 * MIB);
    await repository.push(descriptorOf(layer), opener(layer));
    expect(await readAll(await repository.fetch(descriptorOf(layer), { offset: MIB }))).toEqual(layer.subarray(MIB));
  });

  it('lists its repositories page by page', async () => {
    for (const name of ['list/a', 'list/b', 'list/c'])
      await pushKit(registries.repository({ registry: peer.host, repository: name }), smallKit(), 'v1');
    const first = await registries.registry(peer.host).catalog({ limit: 2, after: 'list' });
    const second = await registries.registry(peer.host).catalog({ after: first.next ?? '' });
    expect([first.entries, second.entries[0]]).toEqual([['list/a', 'list/b'], 'list/c']);
  });

  it('lists the tags of a repository', async () => {
    const kit = smallKit();
    await pushKit(repository, kit, 'v1');
    await repository.tag(kit.descriptor, 'v2');
    expect((await repository.tagsPage()).entries).toEqual(expect.arrayContaining(['v1', 'v2']));
  });

  it('removes a manifest with its tags', async () => {
    const kit = smallKit(noise(10), 'gone');
    await pushKit(repository, kit, 'gone');
    await repository.deleteManifest(kit.descriptor.digest);
    await expect(repository.resolve('gone')).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
  });

  it('refuses bytes that are not those of the digest', async () => {
    await expect(repository.push(descriptorOf(noise(100)), opener(noise(100, 3)))).rejects.toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
    });
  });
});

describe('the registry of the distribution project with passwords', () => {
  let peer: DockerRegistry;
  const sessions: Registries[] = [];

  beforeAll(async () => {
    peer = await startDockerRegistry(HTPASSWD);
  });

  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await peer.stop();
  });

  function repositoryFor(password?: string): RemoteRepository {
    const entries = password === undefined ? [] : [[peer.host, { username: 'ada', password }] as const];
    const registries = connect({ credentials: memoryCredentials(entries) });
    sessions.push(registries);
    return registries.repository({ registry: peer.host, repository: 'm' });
  }

  it('takes what the right user pushes', async () => {
    const kit = smallKit();
    await pushKit(repositoryFor('secret'), kit, 'v1');
    await skopeoToLayout(`${peer.host}/m:v1`, join(folder, 'login'), 'ada:secret');
    expect(await layoutBlob('login', kit.descriptor.digest)).toEqual(kit.manifest);
  });

  it('refuses a wrong password', async () => {
    await expect(repositoryFor('guess').resolve('v1')).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
  });

  it('refuses everybody without one', async () => {
    await expect(repositoryFor().resolve('v1')).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
  });
});
