/**
 * Makes a fresh clone ready: dependencies, and Node 24 from the npm registry. Plain Node 20 without dependencies,
 * because it runs before there are any.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_NODE = 24;

/** Runs a program in view of the user; ends this one when it fails. */
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, { stdio: 'inherit', cwd: root, ...options });
  if (done.status === 0) return;
  const why = done.error ? done.error.message : `exit code ${done.status ?? done.signal}`;
  fail(`${[program, ...args].join(' ')} failed: ${why}`);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** The environment in which Node 24 comes first, whatever Node and npm started us. */
export function node24Environment() {
  // What an outer npm says about itself would be believed by an inner one: its Node version, for example.
  const { npm_config_user_agent, npm_config_local_prefix, npm_node_execpath, ...kept } = process.env;
  return { ...kept, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
}

/** Arguments that run npm by the Node in front, so that install scripts see Node 24. */
export function npmCommand() {
  const entry = process.env.npm_execpath;
  return entry?.endsWith('.js') ? ['node', [entry]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** True when every package of the lock file is installed in its version; optional ones may be absent. */
export function isInstalled(folder) {
  const installed = readPackages(join(folder, 'node_modules', '.package-lock.json'));
  const wanted = readPackages(join(folder, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || (installed[path] ? installed[path].version === entry.version : Boolean(entry.optional)),
  );
}

function readPackages(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function installDependencies() {
  if (isInstalled(root)) return;
  console.log('Installing the dependencies (about 20 seconds) …');
  const [program, args] = npmCommand();
  run(program, [...args, 'ci', '--no-audit', '--no-fund']);
}

/** Goes on in Node 24: returns when this is Node 24, else runs the same script there and ends with its exit code. */
export function prepare() {
  installDependencies();
  if (Number(process.versions.node.split('.')[0]) >= WANTED_NODE) return;
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node))
    fail(
      `Node ${WANTED_NODE} is missing: the npm package "node" has no ${node}. Run \`npm rebuild node\` and try again.`,
    );
  const done = spawnSync(node, process.argv.slice(1), { stdio: 'inherit', env: node24Environment() });
  process.exit(done.status ?? 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
