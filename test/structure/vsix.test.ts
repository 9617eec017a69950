import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ZipEntry, zipEntries } from '../support/zip.ts';

const root = new URL('../../', import.meta.url);
const vsix = fileURLToPath(new URL('dist/modelkit.vsix', root));

/** Everything that may be in it, below `extension/`. */
const ALLOWED = [
  /^(package\.json|package\.nls(\.[a-z-]+)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^dist\/[a-zA-Z]+\.cjs$/,
  /^dist\/webview\/[\w.-]+\.(js|css|ttf)$/,
  /^schemas\/kitfile\.json$/,
  /^media\/[\w./-]+\.(svg|png|md)$/,
  /^language\/[\w.-]+\.json$/,
  /^docs\/rules\.md$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
];

/** Without these it would not run or not be understood. */
const REQUIRED = [
  'package.json',
  'package.nls.json',
  'package.nls.ko.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/client.cjs',
  'dist/engineWorker.cjs',
  'dist/languageClient.cjs',
  'dist/server.cjs',
  'dist/modelkit.cjs',
  'dist/webview/explorer.js',
  'schemas/kitfile.json',
  'docs/rules.md',
  'l10n/bundle.l10n.ko.json',
];

describe('the VSIX', () => {
  let entries: readonly ZipEntry[];
  let files: readonly string[];
  beforeAll(async () => {
    entries = await zipEntries(vsix);
    files = entries.filter(({ name }) => name.startsWith('extension/')).map(({ name }) => name.slice(10));
  });

  it('holds what runs', () => {
    expect(REQUIRED.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('holds nothing else: no sources, no tests, no node_modules', () => {
    expect(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('has only its manifests beside the extension', () => {
    const others = entries.map(({ name }) => name).filter((name) => !name.startsWith('extension/'));
    expect(others.sort()).toEqual(['[Content_Types].xml', 'extension.vsixmanifest']);
  });

  it('is smaller than 2 MB', async () => {
    expect((await stat(vsix)).size).toBeLessThan(2_000_000);
  });

  it('has every file that the manifest names', async () => {
    const manifest = await readFile(new URL('package.json', root), 'utf8');
    const named = [...manifest.matchAll(/"\.?\/?((?:media|language|dist|l10n|schemas)\/[\w./-]+\.\w+)"/g)];
    const paths = named.map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !files.includes(path))).toEqual([]);
  });
});
