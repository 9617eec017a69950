import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../../engine/registry/credential.ts';
import { resolveLocation, routeTo } from '../../../engine/registry/redirects.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import type { RemoteRepository } from '../../../engine/registry/remoteRepository.ts';
import { descriptorOf, noise, opener, readAll } from '../../support/blobs.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

const blob = noise(200_000);
const node = descriptorOf(blob);
const GET_BLOB = { method: 'GET', path: /\/blobs\/sha256/ } as const;
let registry: TestRegistry;
let storage: TestRegistry;
let registries: Registries;
let repository: RemoteRepository;

beforeEach(async () => {
  storage = await startRegistry();
  registry = await startRegistry({ access: { kind: 'basic', users: { ada: 'secret' } } });
  registries = connect({ credentials: memoryCredentials([[registry.host, { username: 'ada', password: 'secret' }]]) });
  repository = registries.repository({ registry: registry.host, repository: 'a' });
  await repository.push(node, opener(blob, 65_536));
  await connect().repository({ registry: storage.host, repository: 'a' }).push(node, opener(blob, 65_536));
  storage.heal();
});

afterEach(async () => {
  await registries.close();
  await Promise.all([registry.stop(), storage.stop()]);
});

const stored = () => `${storage.origin}/v2/a/blobs/${node.digest}?signature=x`;
const downloads = () => storage.requests.filter(({ method }) => method === 'GET');

describe('a redirect to another host', () => {
  it('is followed without the credentials', async () => {
    registry.fail({ ...GET_BLOB, fault: { redirect: stored() } });
    expect(await readAll(await repository.fetch(node))).toEqual(blob);
    expect(downloads()).toHaveLength(1);
    expect(downloads()[0]?.headers).not.toHaveProperty('authorization');
    expect(downloads()[0]?.path).toContain('signature=x');
  });

  it('that leads back here does not get the credentials again', async () => {
    const back = `${registry.origin}/v2/a/blobs/${node.digest}?back=1`;
    registry.fail({ ...GET_BLOB, fault: { redirect: stored() } });
    storage.fail({ ...GET_BLOB, fault: { redirect: back } });
    await expect(repository.fetch(node).then(readAll)).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    const returned = registry.requests.filter(({ path }) => path.includes('back=1'));
    expect(returned.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('whose address has expired is asked for again, and the download goes on', async () => {
    registry.fail({ ...GET_BLOB, times: 9, fault: { redirect: stored() } });
    storage.fail({ ...GET_BLOB, fault: { cut: 100_000 } });
    storage.fail({ ...GET_BLOB, fault: { status: 403 } });
    expect(await readAll(await repository.fetch(node))).toEqual(blob);
    expect(downloads().at(-1)?.headers.range).toMatch(/^bytes=[1-9]/);
  });

  it('of an upload session gets no credentials either', async () => {
    const elsewhere = `${storage.origin}/v2/a/blobs/uploads/`;
    const started = await fetch(elsewhere, { method: 'POST' });
    const location = `${storage.origin}${started.headers.get('location')}`;
    registry.fail({ method: 'POST', fault: { status: 202, headers: { location } } });
    const other = noise(1000, 5);
    await repository.push(descriptorOf(other), opener(other));
    const put = storage.requests.filter(({ method }) => method === 'PUT').at(-1);
    expect(put?.path).toContain('state=0');
    expect(put?.headers).not.toHaveProperty('authorization');
  });
});

describe('a redirect in a circle', () => {
  it('is given up', async () => {
    registry.fail({ ...GET_BLOB, times: 99, fault: { redirect: `/v2/a/blobs/${node.digest}` } });
    await expect(repository.fetch(node)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });
});

describe('a redirect to a place that is none of its business', () => {
  it.each([
    'http://169.254.169.254/latest',
    'http://[fe80::1]/',
    'file:///etc/passwd',
    'ftp://x/',
    'http://u:p@127.0.0.1/',
  ])('%s is refused', async (redirect) => {
    registry.fail({ ...GET_BLOB, fault: { redirect } });
    await expect(repository.fetch(node)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });

  it.each(['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://169.254.169.254/'])(
    'such as %s is refused to a registry elsewhere',
    async (address) => {
      await expect(routeTo(new URL(address), new URL('https://8.8.8.8/'), 'redirect')).rejects.toMatchObject({
        code: 'REDIRECT_REFUSED',
      });
    },
  );

  it('is refused when only the name resolves there', async () => {
    const route = await routeTo(new URL('http://looks.public.example/'), new URL('https://8.8.8.8/'), 'redirect');
    expect([...route.refused].sort()).toEqual(['linkLocal', 'loopback', 'metadata']);
  });

  it('lets private addresses pass for downloads, but not for credentials', async () => {
    const [address, home] = [new URL('https://10.0.0.1/'), new URL('https://8.8.8.8/')];
    await expect(routeTo(address, home, 'redirect')).resolves.toMatchObject({ own: false });
    await expect(routeTo(address, home, 'realm')).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });
});

describe('a Location', () => {
  const from = new URL('https://r.example.com/v2/a/blobs/uploads/');

  it.each([
    ['/v2/x?a=b', 'https://r.example.com/v2/x?a=b'],
    ['x', 'https://r.example.com/v2/a/blobs/uploads/x'],
    ['http://r.example.com/x', 'https://r.example.com/x'],
    ['https://s.example.com/x', 'https://s.example.com/x'],
  ])('%s leads to %s', (location, url) => {
    expect(resolveLocation(location, from).href).toBe(url);
  });

  it.each(['http://s.example.com/x', 'file:///x', 'https://u@r.example.com/'])('%s is refused', (location) => {
    expect(() => resolveLocation(location, from)).toThrow(expect.objectContaining({ code: 'REDIRECT_REFUSED' }));
  });
});
