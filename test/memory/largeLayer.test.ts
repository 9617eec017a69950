import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { runMeasured } from './measured.ts';

const MIB = 1024 * 1024;
/** Enough for everything that grows with the layer to show; 4096 is what a release is measured with. */
const LAYER_MIB = Number(process.env.MODELKIT_TEST_LAYER_MIB ?? 1024);
const LIMIT = 150_000_000;
const TIMEOUT_MS = 300_000;

describe(`a layer of ${LAYER_MIB} MiB`, () => {
  let folder: string;
  let registry: TestRegistry;
  let env: NodeJS.ProcessEnv;
  let reference: string;
  let second: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelkit-memory-'));
    registry = await startRegistry({ folder: join(folder, 'registry') });
    reference = `${registry.host}/large/layer:1`;
    second = join(folder, 'second');
    env = { ...process.env, KITOPS_HOME: join(folder, 'home') };
    await writeFile(join(folder, 'Kitfile'), 'manifestVersion: 1.0.0\nmodel: {path: weights.bin}\n');
    const weights = await open(join(folder, 'weights.bin'), 'w');
    // A hole: it costs no disk, and is read as zeros.
    await weights.truncate(LAYER_MIB * MIB);
    await weights.close();
  });
  afterAll(async () => {
    await registry?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is packed in less than 150 MB of memory', { timeout: TIMEOUT_MS }, async () => {
    const { peak } = await runMeasured(['pack', folder, '-t', reference], env);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(LIMIT);
  });

  it('is pushed in less than 150 MB of memory', { timeout: TIMEOUT_MS }, async () => {
    const { peak } = await runMeasured(['push', reference, '--plain-http'], env);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(LIMIT);
    expect(registry.repositories.tags('large/layer')).toEqual(['1']);
  });

  it('is pulled in less than 150 MB of memory', { timeout: TIMEOUT_MS }, async () => {
    const { peak } = await runMeasured(['pull', reference, '--plain-http'], { ...env, KITOPS_HOME: second });
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(LIMIT);
  });

  it('is unpacked in less than 150 MB of memory', { timeout: TIMEOUT_MS }, async () => {
    const target = join(folder, 'unpacked');
    const { peak } = await runMeasured(['unpack', reference, '-d', target], { ...env, KITOPS_HOME: second });
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(LIMIT);
    expect((await stat(join(target, 'weights.bin'))).size).toBe(LAYER_MIB * MIB);
  });
});
