/** The real VS Code for tests and `npm start`: code-server, in a package of its own below test/. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILD_TOOLS, ensureTools } from './debian.mjs';
import { fail, isInstalled, node24Environment, npmCommand, root } from './setup.mjs';

const folder = join(root, 'test', 'vscode');
const home = join(folder, 'node_modules', 'code-server');
export const codeServerEntry = join(home, 'out', 'node', 'entry.js');

/** Native modules without which VS Code does not start; npm reports success even when it has skipped their build. */
const NATIVE = [
  'node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/build/Release/spdlog.node',
  'node_modules/code-server/lib/vscode/node_modules/@vscode/native-watchdog/build/Release/watchdog.node',
];

/** @returns whether it is there in the wanted version, with its native modules */
export function isCodeServerInstalled() {
  return isInstalled(folder) && missingNative().length === 0;
}

/** Installs code-server where it is missing; ends the program with the reason when that fails. */
export function ensureCodeServer() {
  if (isCodeServerInstalled()) return;
  ensureTools(BUILD_TOOLS, 'code-server, whose native modules are built on this machine');
  console.log('Installing code-server, the real VS Code of the tests (about 2 minutes, 620 MB) …');
  if (!install({}) && !installWithLocalHeaders()) fail('code-server could not be installed; npm says why above.');
  const missing = missingNative();
  if (missing.length > 0)
    fail(`npm did not build ${missing.join(', ')}. Allow install scripts (npm config ignore-scripts) and try again.`);
}

function install(extra) {
  const [program, args] = npmCommand();
  const env = { ...node24Environment(), ...extra };
  const done = spawnSync(program, [...args, 'ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit', env });
  return done.status === 0;
}

/** Without a way to nodejs.org the headers of an installed Node do: these modules use its stable Node-API only. */
function installWithLocalHeaders() {
  const prefix = ['/usr', '/usr/local', dirname(dirname(process.execPath))].find((place) =>
    existsSync(join(place, 'include', 'node', 'node_api.h')),
  );
  if (!prefix) return false;
  console.log(`Trying again with the Node headers in ${prefix} …`);
  return install({ npm_config_nodedir: prefix });
}

function missingNative() {
  return NATIVE.filter((file) => !existsSync(join(folder, file)));
}
