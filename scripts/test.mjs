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

prepare();
const withEditor = !process.argv.includes('--no-e2e');
ensureTools(wantedTools(), 'the tests');
if (withEditor) ensureCodeServer();

packageExtension();

const env = node24Environment();
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const results = [vitest('unit', [])];
if (withEditor) results.push(vitest('e2e', ['--config', 'test/e2e/vitest.config.ts']));
report(results);

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
  return count(name, file, done.status);
}

function count(name, file, status) {
  if (!existsSync(file)) return { name, passed: 0, failed: 1, skipped: 0 };
  const json = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not be loaded, or an error outside a test, fails the run without a failed test.
  const failed = json.numFailedTests || (json.success && status === 0 ? 0 : 1);
  return { name, passed: json.numPassedTests, failed, skipped: json.numPendingTests + (json.numTodoTests ?? 0) };
}

function report(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  if (sum('skipped') > 0) console.error(`${sum('skipped')} tests were skipped, which is not allowed`);
  process.exitCode = sum('failed') + sum('skipped') > 0 ? 1 : 0;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
