import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { faultBench } from './faultBench.ts';

const PASSWORD = 'canary-password-7f3a';
const REFRESH = 'canary-refresh-91bc';
const SIGNATURE = 'canary-signature-55d0';
const CANARY = /canary-/;
/** `ada:canary-password-7f3a` as it goes over the wire. */
const BASIC = Buffer.from(`ada:${PASSWORD}`).toString('base64');

const faults = faultBench();
let registry: TestRegistry;
let storage: TestRegistry;
let printed: string;

beforeEach(async () => {
  registry = await startRegistry({
    access: { kind: 'bearer', users: { ada: PASSWORD }, refreshTokens: [REFRESH] },
  });
  storage = await startRegistry();
  printed = '';
});

afterEach(async () => {
  await Promise.all([registry.stop(), storage.stop()]);
});

const reference = () => `${registry.host}/team/demo:1`;
const isRefused = (text: string) => /"error"|^error /m.test(text);

/** Runs a verb three times, as a person, with everything that it can say, and as a script; keeps all that it prints. */
async function say(args: readonly string[], stdin?: string): Promise<string> {
  for (const more of [[], ['-vvv'], ['-vvv', '--json']]) {
    const { stdout, stderr } = await faults.kit([...args, ...more], {
      env: { DOCKER_CONFIG: faults.path('docker') },
      ...(stdin === undefined ? {} : { stdin }),
    });
    printed += stdout + stderr;
  }
  return printed;
}

/** All tokens that the registry has got from us. */
const tokens = () =>
  registry.requests
    .map(({ headers }) => String(headers.authorization ?? ''))
    .filter((header) => header.startsWith('Bearer '))
    .map((header) => header.slice('Bearer '.length));

/** Nothing printed and no file but those that are there for it holds a secret. */
function expectNoSecret(): void {
  expect(printed.length).toBeGreaterThan(0);
  for (const secret of [CANARY, new RegExp(BASIC), ...tokens().map((token) => new RegExp(token))])
    expect(printed).not.toMatch(secret);
  const root = faults.path('.');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
  const secretive = files.filter((name) => {
    const content = readFileSync(join(root, name), 'latin1');
    return CANARY.test(content) || content.includes(BASIC) || tokens().some((token) => content.includes(token));
  });
  expect(secretive.filter((name) => !['home/credentials.json', 'docker/config.json'].includes(name))).toEqual([]);
}

const logIn = () => say(['login', registry.host, '-u', 'ada', '--password-stdin', '--plain-http'], `${PASSWORD}\n`);

async function moveEverything(): Promise<void> {
  await faults.kit(['pack', faults.project(), '-t', reference()]);
  for (const verb of ['push', 'pull', 'info', 'inspect', 'layers', 'list'])
    await say([verb, verb === 'list' ? `${registry.host}/team/demo` : reference(), '--plain-http']);
  await say(['unpack', reference(), '-d', faults.path('out'), '-o', '--plain-http']);
}

describe('secrets', () => {
  it('of a login that works are shown nowhere', async () => {
    await logIn();
    await moveEverything();
    await say(['logout', registry.host]);
    expect(isRefused(printed)).toBe(false);
    expect(tokens().length).toBeGreaterThan(0);
    expectNoSecret();
  });

  it('of a refresh token in Docker’s file are shown nowhere', async () => {
    mkdirSync(faults.path('docker'));
    const auths = { [registry.host]: { identitytoken: REFRESH } };
    writeFileSync(join(faults.path('docker'), 'config.json'), JSON.stringify({ auths }));
    await moveEverything();
    expect(tokens().length).toBeGreaterThan(0);
    expectNoSecret();
  });

  it('of a login that is refused are shown nowhere', async () => {
    await say(['login', registry.host, '-u', 'ada', '-p', 'canary-wrong', '--plain-http']);
    expect(isRefused(printed)).toBe(true);
    expectNoSecret();
  });

  it.each([
    [
      'JSON',
      'application/json',
      JSON.stringify({ errors: [{ code: 'X', message: `${PASSWORD} for Basic ${BASIC}` }] }),
    ],
    ['text', 'text/plain', `Authorization: Basic ${BASIC}, ${PASSWORD}`],
    ['a page', 'text/html', `<title>${PASSWORD} ${BASIC}</title>`],
  ])('that a registry sends back in %s are shown nowhere', async (_, type, body) => {
    await logIn();
    await faults.kit(['pack', faults.project(), '-t', reference()]);
    registry.fail({ method: 'POST', fault: { status: 400, headers: { 'content-type': type }, body }, times: 999 });
    expect(await say(['push', reference(), '--plain-http'])).toContain('***');
    expectNoSecret();
  });

  it('of a signed address are shown nowhere, also when its host says them', async () => {
    await logIn();
    await faults.kit(['pack', faults.project(), '-t', reference()]);
    await say(['push', reference(), '--plain-http']);
    await say(['remove', reference()]);
    const signed = `${storage.origin}/blob?X-Amz-Signature=${SIGNATURE}`;
    registry.fail({ method: 'GET', path: /blobs/, fault: { redirect: signed }, times: 999 });
    const body = `no access by ${SIGNATURE}`;
    storage.fail({ fault: { status: 400, headers: { 'content-type': 'text/plain' }, body }, times: 999 });
    await say(['pull', reference(), '--plain-http']);
    expect(printed).toContain('no access by ***');
    expectNoSecret();
  });

  it('in an argument are not repeated by a refusal', async () => {
    await say(['login', registry.host, '-u', 'ada', '-p', PASSWORD, '--password-stdin']);
    await say(['login', registry.host, '-u', 'ada:x', '-p', PASSWORD]);
    await say(['pull', reference(), '--proxy', `http://ada:${PASSWORD}@127.0.0.1:1`]);
    await say(['pull', reference(), '--proxy', `nonsense://ada:${PASSWORD}@127.0.0.1:1`]);
    expectNoSecret();
  });
});
