import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWorkbench, type Workbench } from '../support/engine.ts';
import { leftovers, listing } from '../support/localHome.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { run } from './runProgram.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

let bench: Workbench;
let registry: TestRegistry;

beforeEach(async () => {
  bench = openWorkbench();
  registry = await startRegistry();
});

afterEach(async () => {
  await registry.stop();
  await bench.close();
});

function start(...args: string[]): ChildProcess {
  const env = { ...process.env, KITOPS_HOME: bench.home };
  return spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

const blobs = () =>
  existsSync(join(bench.home, 'storage/blobs')) ? readdirSync(join(bench.home, 'storage/blobs/sha256')) : [];
const temporaries = () => (existsSync(bench.home) ? leftovers(bench.home) : []);
const requested = (method: string, path: RegExp) =>
  registry.requests.some((request) => request.method === method && path.test(request.path));

async function packSmall(): Promise<string> {
  const reference = `${registry.host}/demo:1`;
  const project = bench.project('p', { Kitfile: 'model: {path: w}', w: 'weights' });
  await run(['pack', project, '-t', reference], { env: { KITOPS_HOME: bench.home } });
  return reference;
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, exit) => {
  it('during a pack takes back what was written', async () => {
    const project = bench.project('p', { Kitfile: 'manifestVersion: 1.0.0\nmodel: {path: w}', w: '' });
    truncateSync(join(project, 'w'), 8 * 1024 ** 3);
    const child = start('pack', project, '-t', 'demo:1');
    const ended = endOf(child);
    await vi.waitFor(() => expect(temporaries()).not.toEqual([]), { timeout: 20_000 });
    child.kill(signal);
    expect(await ended).toEqual({ code: exit, stderr: 'error CANCELLED: Cancelled.\n' });
    expect({ blobs: blobs(), temporaries: temporaries() }).toEqual({ blobs: [], temporaries: [] });
    expect(await listing(bench.home)).toEqual([]);
  });
});

describe('SIGINT', () => {
  it('during a push names nothing in the registry', async () => {
    const reference = await packSmall();
    registry.fail({ method: 'PUT', fault: { hang: true }, times: 9 });
    const child = start('push', reference, '--plain-http');
    const ended = endOf(child);
    await vi.waitFor(() => expect(requested('PUT', /uploads/)).toBe(true), { timeout: 20_000 });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(registry.repositories.tags('demo') ?? []).toEqual([]);
  });

  it('during an unpack leaves no file', async () => {
    const reference = await packSmall();
    await run(['push', reference, '--plain-http'], { env: { KITOPS_HOME: bench.home } });
    await run(['remove', reference], { env: { KITOPS_HOME: bench.home } });
    registry.fail({ method: 'GET', path: /\/blobs\//, fault: { hang: true }, times: 9 });
    const target = join(bench.folder, 'out');
    const child = start('unpack', reference, '-d', target, '--plain-http');
    const ended = endOf(child);
    await vi.waitFor(() => expect(requested('GET', /blobs/)).toBe(true), { timeout: 20_000 });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
    expect(existsSync(target)).toBe(false);
  });
});

describe('a reader that leaves early', () => {
  it('does not stop a pack half-way', async () => {
    const project = bench.project('p', { Kitfile: 'model: {path: w}', w: 'weights' });
    const line = `"${process.execPath}" "${MAIN}" pack "${project}" -t demo:1 | true`;
    const child = spawn('sh', ['-c', line], { env: { ...process.env, KITOPS_HOME: bench.home }, stdio: 'ignore' });
    await once(child, 'close');
    await vi.waitFor(async () => expect(await listing(bench.home)).toHaveLength(1), { timeout: 20_000 });
  });
});

describe('a process', () => {
  it('tells its version without loading anything', async () => {
    const child = spawn(process.execPath, [MAIN, '--version'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out] = await once(child.stdout, 'data');
    expect(out.toString()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
