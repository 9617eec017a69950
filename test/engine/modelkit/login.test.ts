import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { login } from '../../../engine/modelkit/login.ts';
import { logout } from '../../../engine/modelkit/logout.ts';
import { type CredentialStore, memoryCredentials } from '../../../engine/registry/credential.ts';
import type { Registries } from '../../../engine/registry/registries.ts';
import { type RegistryOptions, startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';

let registry: TestRegistry;
let registries: Registries;
let saved: CredentialStore;

async function start(options: RegistryOptions): Promise<void> {
  registry = await startRegistry(options);
}

beforeEach(() => {
  saved = memoryCredentials();
  registries = connect({ credentials: saved });
});

afterEach(async () => {
  await registries.close();
  await registry.stop();
});

const users = { ada: 'secret' };

describe.each(['basic', 'bearer'] as const)('a login to a registry with %s', (kind) => {
  beforeEach(() => start({ access: { kind, users } }));

  it('is saved when it is right', async () => {
    const result = await login({ registries }, registry.host, { username: 'ada', password: 'secret' });
    expect(result).toEqual({ registry: registry.host, checked: true });
    expect(await saved.get(registry.host)).toEqual({ username: 'ada', password: 'secret' });
  });

  it('is not saved when it is wrong, and tried once only', async () => {
    const wrong = login({ registries }, registry.host, { username: 'ada', password: 'guess' });
    await expect(wrong).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    expect(await saved.get(registry.host)).toBeUndefined();
    expect(registry.requests.filter(({ headers }) => headers.authorization)).toHaveLength(1);
  });

  it('opens the registry at once', async () => {
    const remote = registries.registry(registry.host);
    await expect(remote.ping()).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    await login({ registries }, registry.host, { username: 'ada', password: 'secret' });
    await expect(registries.registry(registry.host).ping()).resolves.toMatchObject({ authenticated: true });
  });

  it('ends with a logout', async () => {
    await login({ registries }, registry.host, { username: 'ada', password: 'secret' });
    expect(await logout({ registries }, registry.host)).toEqual({ registry: registry.host, removed: true });
    await expect(registries.registry(registry.host).ping()).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
  });
});

describe('a password without a user name', () => {
  it('is a refresh token', async () => {
    await start({ access: { kind: 'bearer', users, refreshTokens: ['r3fresh'] } });
    await login({ registries }, registry.host, { username: '', password: 'r3fresh' });
    expect(await saved.get(registry.host)).toEqual({ identityToken: 'r3fresh' });
  });
});

describe('a login that nobody asks for', () => {
  it('is saved all the same, and said to be unchecked', async () => {
    await start({});
    expect(await login({ registries }, registry.host, { username: 'u', password: 'p' })).toEqual({
      registry: registry.host,
      checked: false,
    });
    expect(await saved.get(registry.host)).toBeDefined();
  });
});

describe('a token server elsewhere', () => {
  it('is named', async () => {
    const issuer = await startRegistry({ access: { kind: 'bearer', users } });
    await start({ access: { kind: 'bearer', users, realm: `${issuer.origin}/token` } });
    registry.fail({ after: 1, fault: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' } });
    const result = await login({ registries }, registry.host, { username: 'ada', password: 'secret' });
    expect(result.tokenServer).toBe(issuer.host);
    await issuer.stop();
  });
});

describe('a login that makes no sense', () => {
  it.each([
    ['u', ''],
    ['a:b', 'p'],
  ])('(%j, %j) is refused before any request', async (username, password) => {
    await start({});
    await expect(login({ registries }, registry.host, { username, password })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(registry.requests).toEqual([]);
  });
});

describe('a logout where nobody was logged in', () => {
  it('is fine', async () => {
    await start({});
    expect(await logout({ registries }, registry.host)).toEqual({ registry: registry.host, removed: false });
  });
});
