import { describe, expect, it } from 'vitest';
import { memoryCredentials } from '#engine';
import { credentialChain } from '../../../client/engine/credentialChain.ts';
import { secretCredentials } from '../../../client/engine/secretCredentials.ts';

const alice = { username: 'alice', password: 'p:1' };
const bob = { username: 'bob', password: 'p2' };

/** A SecretStorage; a broken one fails at everything, as on a server without a keyring. */
function secretStorage(broken = false) {
  const values = new Map<string, string>();
  const use = async <Value>(work: () => Value): Promise<Value> => {
    if (broken) throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
    return work();
  };
  return {
    values,
    get: (key: string) => use(() => values.get(key)),
    store: (key: string, value: string) => use(() => void values.set(key, value)),
    delete: (key: string) => use(() => void values.delete(key)),
  };
}

describe('a login in the secrets of VS Code', () => {
  it('is kept for the next window', async () => {
    const storage = secretStorage();
    await secretCredentials(storage, () => undefined).set('ghcr.io', alice);
    expect(await secretCredentials(storage, () => undefined).get('ghcr.io')).toEqual(alice);
  });

  it('is forgotten at the logout', async () => {
    const credentials = secretCredentials(secretStorage(), () => undefined);
    await credentials.set('ghcr.io', alice);
    expect([await credentials.delete('ghcr.io'), await credentials.delete('ghcr.io')]).toEqual([true, false]);
    expect(await credentials.get('ghcr.io')).toBeUndefined();
  });

  it('is none when what is stored makes no sense', async () => {
    const storage = secretStorage();
    storage.values.set('modelkit.registry/ghcr.io', '{"username": 7, "admin": true');
    expect(await secretCredentials(storage, () => undefined).get('ghcr.io')).toBeUndefined();
  });
});

describe('where there is no place for secrets', () => {
  it('a login lasts for the session, which is said', async () => {
    const said: string[] = [];
    const credentials = secretCredentials(secretStorage(true), () => said.push('session only'));
    await credentials.set('ghcr.io', alice);
    expect(await credentials.get('ghcr.io')).toEqual(alice);
    expect(said).toEqual(['session only']);
  });

  it('the session can be logged out of', async () => {
    const credentials = secretCredentials(secretStorage(true), () => undefined);
    await credentials.set('ghcr.io', alice);
    expect(await credentials.delete('ghcr.io')).toBe(true);
    expect(await credentials.get('ghcr.io')).toBeUndefined();
  });
});

describe('secrets before files', () => {
  const secrets = () => memoryCredentials([['both', alice]]);
  const files = () =>
    memoryCredentials([
      ['both', bob],
      ['file', bob],
    ]);

  it('reads the secrets first, then the files', async () => {
    const chain = credentialChain(secrets(), files());
    expect([await chain.get('both'), await chain.get('file'), await chain.get('none')]).toEqual([
      alice,
      bob,
      undefined,
    ]);
  });

  it('never writes a password into a file', async () => {
    const plain = files();
    await credentialChain(secrets(), plain).set('new', alice);
    expect(await plain.get('new')).toBeUndefined();
  });

  it('forgets a login in both', async () => {
    const chain = credentialChain(secrets(), files());
    expect(await chain.delete('both')).toBe(true);
    expect(await chain.get('both')).toBeUndefined();
  });
});
