import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInExtensionHost } from './support/extensionHost.ts';

const workspace = await mkdtemp(join(tmpdir(), 'modelkit-workspace-'));
await writeFile(join(workspace, 'notes.txt'), 'Nothing of ours is open yet.\n');
const results = await runInExtensionHost(workspace, { KITOPS_HOME: join(workspace, '.store') });
await rm(workspace, { recursive: true, force: true });

describe('inside the extension host', () => {
  it.each(results.map(({ name, error }) => [name, error] as const))('%s', (_name, error) => {
    expect(error).toBeUndefined();
  });
});
