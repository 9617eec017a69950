/**
 * `npm test`: sets up, builds the bundles and the VSIX, and runs every test there is. The last line is the total.
 * `npm test -- --no-e2e` leaves the real VS Code out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCodeServer, isCodeServerInstalled } from './codeServer.mjs';
import { BROWSER, BUILD_TOOLS, ensureTools, REGISTRY_TOOLS } from './debian.mjs';
import { packageExtension } from './package.mjs';
import { node24Environment, prepare, root } from './setup.mjs';
import { count, summary } from './totals.mjs';

prepare();
const withEditor = !process.argv.includes('--no-e2e');
ensureTools(wantedTools(), 'the tests');
if (withEditor) ensureCodeServer();

packageExtension();

const env = node24Environment();
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const counts = [vitest('unit', [])];
if (withEditor) counts.push(vitest('e2e', ['--config', 'test/e2e/vitest.config.ts']));
const { lines, exitCode } = summary(counts);
for (const line of lines) console.log(line);
process.exitCode = exitCode;

/** All of them at once, so that nobody hears of one more after each installation. */
function wantedTools() {
  if (!withEditor) return REGISTRY_TOOLS;
  return [...REGISTRY_TOOLS, ...BROWSER, ...(isCodeServerInstalled() ? [] : BUILD_TOOLS)];
}

/** Runs vitest and reads what it counted from its JSON report. */
function vitest(name, args) {
  const file = join(cache, `test-${name}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const done = spawnSync('vitest', ['run', ...args, ...reporters], { cwd: root, stdio: 'inherit', env });
  return count(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, done.status);
}
