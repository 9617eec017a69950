import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Descriptor } from '../../../engine/oci/descriptor.ts';
import { opener } from '../../support/blobs.ts';
import { startRegistry, type TestRegistry } from '../../support/registry.ts';
import { connect } from '../../support/remote.ts';
import { run } from '../runProgram.ts';

interface Layout {
  readonly tag: string;
  /** sha256 of each file that comes out. */
  readonly unpacked: Readonly<Record<string, string>>;
}

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/kit-1.7/${name}`, import.meta.url));
const layouts: Readonly<Record<string, Layout>> = JSON.parse(readFileSync(fixture('oci-layouts.json'), 'utf8'));
const names = Object.keys(layouts).map((name) => ({ name }));

let folder: string;
let registry: TestRegistry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'layouts-'));
  execFileSync('tar', ['xzf', fixture('oci-layouts.tar.gz'), '-C', folder]);
  registry = await startRegistry();
  for (const { name } of names) await publish(name);
});

afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Pushes the one manifest of a layout, with all that it names. */
async function publish(name: string): Promise<void> {
  const registries = connect();
  const repository = registries.repository({ registry: registry.host, repository: name });
  const blob = (digest: string) => readFileSync(join(folder, name, 'blobs/sha256', digest.slice(7)));
  const index = JSON.parse(readFileSync(join(folder, name, 'index.json'), 'utf8'));
  const root: Descriptor = index.manifests[0];
  const { config, layers } = JSON.parse(blob(root.digest).toString());
  for (const node of [config, ...layers, root]) await repository.push(node, opener(blob(node.digest)));
  await repository.tag(root, layouts[name]?.tag ?? '');
  await registries.close();
}

const kit = (args: readonly string[]) => run(args, { env: { KITOPS_HOME: join(folder, 'home') } });
const referenceOf = (name: string) => `${registry.host}/${name}:${layouts[name]?.tag}`;

function digestsIn(target: string): Readonly<Record<string, string>> {
  const files = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(paths.map((path) => [path.slice(target.length + 1), sha256(path)]));
}

describe.each(names)('what $name made', ({ name }) => {
  it('unpacks straight from a registry', async () => {
    const target = join(folder, `straight-${name}`);
    const { exit, stderr } = await kit(['unpack', referenceOf(name), '-d', target, '--plain-http']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(digestsIn(target)).toEqual(layouts[name]?.unpacked);
  });

  it('can be pulled, listed, and unpacked from the local store', async () => {
    const reference = referenceOf(name);
    expect(await kit(['pull', reference, '--plain-http'])).toMatchObject({ exit: 0 });
    expect((await kit(['list'])).stdout).toContain(`${registry.host}/${name}`);
    const target = join(folder, `local-${name}`);
    expect(await kit(['unpack', reference, '-d', target])).toMatchObject({ exit: 0 });
    expect(digestsIn(target)).toEqual(layouts[name]?.unpacked);
  });

  it('shows its layers', async () => {
    const { stdout } = await kit(['layers', referenceOf(name), '--plain-http', '--json']);
    const shares: number[] = JSON.parse(stdout).map(({ share }: { share: number }) => share);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });
});
