import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CredentialStore, memoryCredentials } from '../../../engine/registry/credential.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import { descriptorOf, noise, opener, readAll, smallKit } from '../../support/blobs.ts';
import { type RegistryOptions, startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect, pushKit } from '../../support/remote.ts';

const users = { ada: 'pass:word é' };
const open: { stop(): Promise<void> }[] = [];
const sessions: Registries[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await Promise.all(open.splice(0).map((registry) => registry.stop()));
});

async function start(options: RegistryOptions): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  open.push(registry);
  return registry;
}

function repositoryAs(registry: TestRegistry, credentials?: CredentialStore) {
  const registries = connect(credentials ? { credentials } : {});
  sessions.push(registries);
  return registries.repository({ registry: registry.host, repository: 'a' });
}

const ada = (registry: TestRegistry) => memoryCredentials([[registry.host, { username: 'ada', password: users.ada }]]);
const tokens = (registry: TestRegistry) => registry.requests.filter(({ path }) => path.startsWith('/token'));

describe('a registry with passwords', () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await start({ access: { kind: 'basic', users } });
  });

  it('takes what a user with the right one pushes', async () => {
    const kit = smallKit();
    const repository = repositoryAs(registry, ada(registry));
    await pushKit(repository, kit, 'v1');
    expect(await repository.resolve('v1')).toEqual(kit.descriptor);
  });

  it('is asked without a password first, and never again without', async () => {
    const repository = repositoryAs(registry, ada(registry));
    await repository.exists(descriptorOf(noise(1)));
    await repository.exists(descriptorOf(noise(2)));
    expect(registry.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true, true]);
  });

  it('refuses a wrong one after one try', async () => {
    const wrong = memoryCredentials([[registry.host, { username: 'ada', password: 'guess' }]]);
    await expect(repositoryAs(registry, wrong).resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
      facts: { reason: 'wrongCredentials' },
    });
    expect(registry.requests.filter(({ headers }) => headers.authorization)).toHaveLength(1);
  });

  it('says that a login is missing', async () => {
    await expect(repositoryAs(registry).resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
      advice: expect.stringContaining('Log in'),
      facts: { reason: 'noCredentials' },
    });
  });
});

describe('a registry with a token server', () => {
  it('gives one token for many requests of one scope', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    await pushKit(repositoryAs(registry, ada(registry)), smallKit(), 'v1');
    expect(tokens(registry)).toHaveLength(1);
  });

  it('is asked once by requests at the same time', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    const repository = repositoryAs(registry, ada(registry));
    await Promise.all([1, 2, 3, 4, 5].map((size) => repository.exists(descriptorOf(noise(size)))));
    expect(tokens(registry)).toHaveLength(1);
  });

  it('lets everybody read where it is public', async () => {
    const registry = await start({ access: { kind: 'bearer', users, anonymousPull: true } });
    const kit = smallKit();
    await pushKit(repositoryAs(registry, ada(registry)), kit, 'v1');
    expect(await repositoryAs(registry).resolve('v1')).toEqual(kit.descriptor);
    await expect(repositoryAs(registry).tag(kit.descriptor, 'v2')).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
  });

  it('does not fall back to anonymous with a wrong password', async () => {
    const registry = await start({ access: { kind: 'bearer', users, anonymousPull: true } });
    await pushKit(repositoryAs(registry, ada(registry)), smallKit(), 'v1');
    const wrong = memoryCredentials([[registry.host, { username: 'ada', password: 'guess' }]]);
    const before = tokens(registry).length;
    await expect(repositoryAs(registry, wrong).resolve('v1')).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    expect(tokens(registry).length - before).toBe(1);
  });

  it('takes a refresh token', async () => {
    const registry = await start({ access: { kind: 'bearer', users, refreshTokens: ['r3fresh'] } });
    const kit = smallKit();
    await pushKit(
      repositoryAs(registry, memoryCredentials([[registry.host, { identityToken: 'r3fresh' }]])),
      kit,
      'v1',
    );
    expect(tokens(registry).map(({ method }) => method)).toEqual(['POST']);
  });

  it('gives a new token when the old one ends in mid-upload', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    const registries = connect({
      credentials: ada(registry),
      network: { limits: { chunkFromBytes: 1, chunkBytes: 500 } },
    });
    sessions.push(registries);
    const repository = registries.repository({ registry: registry.host, repository: 'a' });
    const blob = noise(2000);
    let expired = false;
    const expireOnce = (done: number) => {
      if (done < 1000 || expired) return;
      expired = true;
      registry.expireTokens();
    };
    await repository.push(descriptorOf(blob), opener(blob, 500), { onBytes: expireOnce });
    expect(expired).toBe(true);
    expect(await readAll(await repository.fetch(descriptorOf(blob)))).toEqual(blob);
  });

  it('gives a new token when the old one ends before a blob in one request', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    const repository = repositoryAs(registry, ada(registry));
    await repository.exists(descriptorOf(noise(1)));
    registry.expireTokens();
    const blob = noise(300_000);
    await repository.push(descriptorOf(blob), opener(blob));
    expect(await repository.exists(descriptorOf(blob))).toBe(true);
  });

  it('is asked before a short-lived token ends', async () => {
    const registry = await start({ access: { kind: 'bearer', users, tokenLife: 2 } });
    const repository = repositoryAs(registry, ada(registry));
    await repository.exists(descriptorOf(noise(1)));
    await repository.exists(descriptorOf(noise(2)));
    expect(tokens(registry)).toHaveLength(2);
  });

  it('that fails for a moment is asked again', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    registry.fail({ path: /^\/token/, fault: { status: 503 } });
    await pushKit(repositoryAs(registry, ada(registry)), smallKit(), 'v1');
    expect(tokens(registry)).toHaveLength(2);
  });

  it('that answers a page is no token server', async () => {
    const registry = await start({ access: { kind: 'bearer', users } });
    registry.fail({ path: /^\/token/, fault: { html: 'Welcome' }, times: 9 });
    await expect(repositoryAs(registry, ada(registry)).resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_PROTOCOL',
    });
  });
});

describe('a realm', () => {
  const challenge = (realm: string) => ({
    path: /^\/v2\//,
    times: 9,
    fault: { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` } },
  });

  it.each(['file:///etc/passwd', 'https://u:p@token.example.com/', 'http://169.254.169.254/token', 'gopher://x/'])(
    'at %s is refused before credentials are read',
    async (realm) => {
      const registry = await start({});
      registry.fail(challenge(realm));
      const unread: CredentialStore = {
        ...memoryCredentials(),
        get: () => Promise.reject(new Error('credentials were read')),
      };
      await expect(repositoryAs(registry, unread).resolve('v1')).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    },
  );

  it('that is no address at all is an error of the registry', async () => {
    const registry = await start({});
    registry.fail(challenge('tokens please'));
    await expect(repositoryAs(registry).resolve('v1')).rejects.toMatchObject({ code: 'REGISTRY_PROTOCOL' });
  });

  it('on another port of this machine is fine for a registry on this machine', async () => {
    const issuer = await start({ access: { kind: 'bearer', users } });
    const registry = await start({ access: { kind: 'bearer', users, realm: `${issuer.origin}/token` } });
    await expect(repositoryAs(registry, ada(registry)).resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
    expect(tokens(issuer)).toHaveLength(1);
  });
});

describe('a challenge of an unknown kind', () => {
  it('is named', async () => {
    const registry = await start({});
    registry.fail({ times: 9, fault: { status: 401, headers: { 'www-authenticate': 'Negotiate' } } });
    await expect(repositoryAs(registry).resolve('v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
      message: expect.stringContaining('negotiate'),
    });
  });
});
