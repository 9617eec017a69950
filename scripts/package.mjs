/** Builds the bundles and the VSIX: `npm run package`, and what `npm start` and `npm test` begin with. */
import { fileURLToPath } from 'node:url';
import { node24Environment, prepare, run } from './setup.mjs';

/** Where it is, from the root of the project. */
export const vsix = 'dist/modelkit.vsix';

export function packageExtension() {
  const env = node24Environment();
  run('node', ['esbuild.mjs'], { env });
  // Bundles need no node_modules. Links in README.md stay as they are, since the project has no public address.
  run('vsce', ['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix], { env });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare();
  packageExtension();
}
