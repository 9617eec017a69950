/**
 * `npm start`: sets up, builds, takes the sample project through the whole main job, and opens VS Code on it.
 * `npm start -- --once` stops before VS Code.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { openEditor } from './editor.mjs';
import { mainJob } from './mainJob.mjs';
import { packageExtension } from './package.mjs';
import { fail, prepare, root } from './setup.mjs';

prepare();
packageExtension();

const sample = findSample();
const folder = mkdtempSync(join(tmpdir(), 'modelkit-start-'));
const project = join(folder, basename(sample));
cpSync(sample, project, { recursive: true, filter: (path) => basename(path) !== '__pycache__' });
console.log(`\nThe main job with ${relative(root, sample)}:`);

const { startLoopbackRegistry } = await import('./loopbackRegistry.mjs');
const registry = await startLoopbackRegistry();
const home = join(folder, 'store');
try {
  await mainJob({ project, registry, home, folder });
  if (!process.argv.includes('--once')) await openEditor({ project, home, folder, registry });
} catch (error) {
  console.error(`npm start failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The folder in examples/ that holds a Kitfile. */
function findSample() {
  const examples = join(root, 'examples');
  const found = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(examples, entry.name, 'Kitfile')))
    .map((entry) => join(examples, entry.name));
  return found[0] ?? fail('examples/ has no folder with a Kitfile.');
}
