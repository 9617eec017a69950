import { describe, expect, it } from 'vitest';
import { runModule } from './runModule.ts';

describe('a machine where nothing is installed and nothing can be', () => {
  it('is told all that is missing, and the command that installs it', async () => {
    const { code, output } = await runModule(`
      import { ensureTools, REGISTRY_TOOLS } from './scripts/debian.mjs';
      ensureTools([...REGISTRY_TOOLS, { name: 'libnothing-dev', file: folder + '/nothing.h' }], 'the tests');
    `);
    expect(code).toBe(1);
    expect(output).toBe(
      'Missing for the tests: docker-registry, skopeo, libnothing-dev.\n' +
        'On Debian: sudo apt-get install --no-install-recommends docker-registry skopeo libnothing-dev\n',
    );
  });

  it('goes on where all is there', async () => {
    const { code, output } = await runModule(`
      import { ensureTools } from './scripts/debian.mjs';
      ensureTools([{ name: 'a folder', file: folder }], 'the tests');
    `);
    expect({ code, output }).toEqual({ code: 0, output: '' });
  });

  it('takes the sample through the main job with the registry of the tests', async () => {
    const { code, output } = await runModule(`
      import { cpSync } from 'node:fs';
      import { startLoopbackRegistry } from './scripts/loopbackRegistry.mjs';
      import { mainJob } from './scripts/mainJob.mjs';
      const project = folder + '/penguins';
      cpSync('examples/penguins', project, { recursive: true });
      const registry = await startLoopbackRegistry();
      await mainJob({ project, registry, home: folder + '/store', folder });
      await registry.stop();
    `);
    expect(output).toMatch(/push to in-process registry +\d+\.\d\d s +\d+ blobs, [\d.]+ KiB, sha256:/);
    expect(output).toMatch(/compare +\d+\.\d\d s +\d+ files are equal byte for byte/);
    expect(code).toBe(0);
  });

  it('says which step of the main job failed', async () => {
    const { code, output } = await runModule(`
      import { mkdirSync, writeFileSync } from 'node:fs';
      import { mainJob } from './scripts/mainJob.mjs';
      mkdirSync(folder + '/broken');
      writeFileSync(folder + '/broken/Kitfile', 'manifestVersion: 1.0.0\\nmodel: {path: gone.bin}\\n');
      const registry = { host: '127.0.0.1:1', kind: 'no registry' };
      await mainJob({ project: folder + '/broken', registry, home: folder + '/store', folder });
    `);
    expect(output).toMatch(/modelkit check \S+ ended with exit code 1/);
    expect(code).toBe(1);
  });
});
