import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileCredentials } from '../../../engine/registry/credentials.ts';

let home: string;
let docker: string;
let bin: string;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-credentials-'));
  home = join(folder, 'kitops');
  docker = join(folder, 'docker');
  bin = join(folder, 'bin');
  await mkdir(docker);
  await mkdir(bin);
});

afterEach(async () => {
  await rm(join(home, '..'), { recursive: true, force: true });
});

const store = (path = '') => fileCredentials(home, { DOCKER_CONFIG: docker, PATH: path, HOME: docker });
const file = () => readFile(join(home, 'credentials.json'), 'utf8');
const auth = (text: string) => Buffer.from(text).toString('base64');

async function writeOwn(content: unknown): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'credentials.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

/** A helper that answers as told and writes down what it was asked. */
async function helper(name: string, answer: string, code = 0): Promise<void> {
  const path = join(bin, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\n/bin/cat > "${bin}/$1.input"\nprintf '%s' '${answer}'\nexit ${code}\n`);
  await chmod(path, 0o755);
}

describe('a saved login', () => {
  it('is written as kit writes it, for the owner only', async () => {
    await store().set('ghcr.io', { username: 'u', password: 'p' });
    expect(await file()).toBe('{\n\t"auths": {\n\t\t"ghcr.io": {\n\t\t\t"auth": "dTpw"\n\t\t}\n\t}\n}');
    expect((await stat(join(home, 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(await readdir(home)).toEqual(['credentials.json']);
  });

  it('is found again', async () => {
    await store().set('https://GHCR.io/', { username: 'u', password: 'p:w\n é' });
    expect(await store().get('ghcr.io')).toEqual({ username: 'u', password: 'p:w\n é' });
    expect(await store().get('ghcr.io:5000')).toBeUndefined();
    expect(await store().get('notghcr.io')).toBeUndefined();
  });

  it('keeps what we do not know, and sorts the keys', async () => {
    await writeOwn({ zeta: { b: 1, a: '<' }, auths: { 'z.io': { auth: auth('a:b') } }, HttpHeaders: { x: 'y' } });
    await store().set('a.io', { identityToken: 'refresh' });
    const text = await file();
    expect(JSON.parse(text)).toEqual({
      HttpHeaders: { x: 'y' },
      auths: { 'a.io': { identitytoken: 'refresh' }, 'z.io': { auth: auth('a:b') } },
      zeta: { b: 1, a: '<' },
    });
    expect(text.indexOf('"HttpHeaders"')).toBeLessThan(text.indexOf('"auths"'));
    expect(text).toContain('\\u003c');
  });

  it('of Docker Hub has its own key, whichever name was used', async () => {
    await store().set('docker.io', { username: 'u', password: 'p' });
    expect(Object.keys(JSON.parse(await file()).auths)).toEqual(['https://index.docker.io/v1/']);
    expect(await store().get('registry-1.docker.io')).toEqual({ username: 'u', password: 'p' });
  });

  it('replaces older spellings of the same host', async () => {
    await writeOwn({ auths: { 'https://ghcr.io/v2/': { auth: auth('old:old') } } });
    expect(await store().get('ghcr.io')).toEqual({ username: 'old', password: 'old' });
    await store().set('ghcr.io', { username: 'new', password: 'new' });
    expect(JSON.parse(await file()).auths).toEqual({ 'ghcr.io': { auth: auth('new:new') } });
  });

  it('is refused for a user name with a colon', async () => {
    await expect(store().set('a.io', { username: 'a:b', password: 'c' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('goes into the file that a link names', async () => {
    await mkdir(home);
    await writeFile(join(docker, 'real.json'), '{}');
    await symlink(join(docker, 'real.json'), join(home, 'credentials.json'));
    await store().set('a.io', { username: 'u', password: 'p' });
    expect(JSON.parse(await readFile(join(docker, 'real.json'), 'utf8')).auths['a.io']).toBeDefined();
  });

  it('is not lost when eight write at once', async () => {
    const hosts = Array.from({ length: 8 }, (_, index) => `host${index}.io`);
    await Promise.all(hosts.map((host) => store().set(host, { username: 'u', password: 'p' })));
    expect(Object.keys(JSON.parse(await file()).auths)).toEqual(hosts);
  });

  it('is deleted from our own file only', async () => {
    await writeFile(join(docker, 'config.json'), JSON.stringify({ auths: { 'a.io': { auth: auth('d:d') } } }));
    await store().set('a.io', { username: 'u', password: 'p' });
    expect(await store().delete('a.io')).toBe(true);
    expect(await store().delete('a.io')).toBe(false);
    expect(await store().get('a.io')).toEqual({ username: 'd', password: 'd' });
  });
});

describe('a file of kit or Docker', () => {
  it.each([
    [{ auth: auth('u:p') }, { username: 'u', password: 'p' }],
    [
      { username: 'u', password: 'p' },
      { username: 'u', password: 'p' },
    ],
    [
      { auth: auth('0:'), identitytoken: 'r' },
      { username: '0', password: '', identityToken: 'r' },
    ],
    [{ registrytoken: 'a' }, { registryToken: 'a' }],
    [{}, undefined],
  ])('with %j opens the registry', async (entry, credential) => {
    await writeOwn({ auths: { 'a.io': entry } });
    expect(await store().get('a.io')).toEqual(credential);
  });

  it.each([
    '{',
    '[]',
    '{"auths":[]}',
    '{"auths":{"a.io":"x"}}',
    '{"auths":{"a.io":{"auth":"%%%"}}}',
    `{"auths":{"a.io":{"auth":"${auth('nocolon')}"}}}`,
  ])('that is %s is named and left alone', async (content) => {
    await writeOwn(content);
    await expect(store().get('a.io')).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
      message: expect.stringContaining(join(home, 'credentials.json')),
    });
    expect(await file()).toBe(content);
  });

  it('never shows a secret in its errors', async () => {
    await writeOwn({ auths: { 'a.io': { auth: auth('hunter2') } } });
    const error = await store()
      .get('a.io')
      .catch((caught) => caught);
    expect(JSON.stringify([error.message, error.advice, error.facts])).not.toContain('hunter2');
  });
});

describe('a credential helper', () => {
  it('is asked for its own host, before everything else', async () => {
    await helper('mine', '{"ServerURL":"a.io","Username":"u","Secret":"s"}');
    await writeOwn({ auths: { 'a.io': { auth: auth('x:y') } }, credHelpers: { 'a.io': 'mine' } });
    expect(await store(bin).get('a.io')).toEqual({ username: 'u', password: 's' });
    expect(await readFile(join(bin, 'get.input'), 'utf8')).toBe('a.io');
  });

  it('of Docker is asked when our own file has nothing', async () => {
    await helper('desktop', '{"Username":"<token>","Secret":"refresh"}');
    await writeFile(join(docker, 'config.json'), JSON.stringify({ credsStore: 'desktop' }));
    expect(await store(bin).get('a.io')).toEqual({ identityToken: 'refresh' });
  });

  it('that has nothing is no failure', async () => {
    await helper('empty', 'credentials not found in native keychain', 1);
    await writeOwn({ credsStore: 'empty' });
    expect(await store(bin).get('a.io')).toBeUndefined();
  });

  it('gets secrets by its input, not among its arguments', async () => {
    await helper('keep', '');
    await writeOwn({ credsStore: 'keep' });
    await store(bin).set('a.io', { username: 'u', password: 's3cret' });
    expect(JSON.parse(await readFile(join(bin, 'store.input'), 'utf8'))).toEqual({
      ServerURL: 'a.io',
      Username: 'u',
      Secret: 's3cret',
    });
    expect(await file()).not.toContain('s3cret');
  });

  it('of the system is found and written into an empty file at the first login', async () => {
    await helper('secretservice', '');
    await store(bin).set('a.io', { username: 'u', password: 'p' });
    expect(JSON.parse(await file())).toEqual({ auths: {}, credsStore: 'secretservice' });
  });

  it.each([
    ['rubbish', 0],
    ['{"Username":1}', 0],
    ['{"ServerURL":"evil.io","Username":"u","Secret":"s"}', 0],
    ['some other failure', 1],
  ])('that answers %j fails by name', async (answer, code) => {
    await helper('bad', answer, code);
    await writeOwn({ credsStore: 'bad' });
    await expect(store(bin).get('a.io')).rejects.toMatchObject({
      code: 'CREDENTIAL_HELPER_FAILED',
      message: expect.stringContaining('docker-credential-bad'),
    });
  });

  it('that is missing fails by name', async () => {
    await writeOwn({ credsStore: 'nowhere' });
    await expect(store(bin).get('a.io')).rejects.toMatchObject({ code: 'CREDENTIAL_HELPER_FAILED' });
  });

  it.each(['../x', 'a;b', 'a b', ''])('called %j is not started', async (name) => {
    await writeOwn({ credHelpers: { 'a.io': name || '/' } });
    await expect(store(bin).get('a.io')).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
  });
});
