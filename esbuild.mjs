/** Makes the bundles: one CommonJS file per program, and the explorer page. `--watch` makes them again on each save. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { context } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const node = {
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  mainFields: ['module', 'main'],
};

// The command line must still parse on an old Node, to say in one clear line that it is too old.
const versionGuard = `
if (!process.versions || process.versions.node.split('.').map(Number).reduce(function (sum, part, at) { return sum + part * [1e6, 1e3, 1][at]; }, 0) < 22019000) {
  process.stderr.write('error INPUT_INVALID: modelkit needs Node.js 22.19 or newer; this is ' + process.version + '. Install a newer one from https://nodejs.org.\\n');
  process.exit(1);
}`;

// The library of the language client is three quarters of the client's code: a file of its own, which only a window with
// a Kitfile loads, halves the time that loading the client takes (30 ms to 18 ms of processor time).
const languageClientApart = {
  name: 'language-client-apart',
  setup(build) {
    build.onResolve({ filter: /\/startLanguageClient\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './languageClient.cjs', external: true } : undefined,
    );
  },
};

const bundles = [
  {
    ...node,
    entry: 'client/extension.ts',
    outfile: 'dist/client.cjs',
    external: ['vscode'],
    plugins: [languageClientApart],
  },
  {
    ...node,
    entry: 'client/language/startLanguageClient.ts',
    outfile: 'dist/languageClient.cjs',
    external: ['vscode'],
  },
  { ...node, entry: 'client/engine/worker.ts', outfile: 'dist/engineWorker.cjs' },
  { ...node, entry: 'server/main.ts', outfile: 'dist/server.cjs' },
  {
    ...node,
    entry: 'cli/main.ts',
    outfile: 'dist/modelkit.cjs',
    target: 'node18',
    banner: { js: `#!/usr/bin/env node${versionGuard}` },
  },
  {
    entry: 'webview/explorer/main.ts',
    outfile: 'dist/webview/explorer.js',
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
  },
];

async function build({ entry, ...options }) {
  const task = await context({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    treeShaking: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { MODELKIT_VERSION: JSON.stringify(version) },
    ...options,
  });
  await task.rebuild();
  console.log(`built ${options.outfile}`);
  if (process.argv.includes('--watch')) await task.watch();
  else await task.dispose();
}

rmSync('dist', { recursive: true, force: true });
for (const bundle of bundles) {
  if (existsSync(bundle.entry)) await build(bundle);
  else console.log(`skipped ${bundle.outfile}: there is no ${bundle.entry} yet`);
}
