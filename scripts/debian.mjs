/** System packages that the tests and code-server need: installed by apt as root on Debian, else named exactly. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './setup.mjs';

export const BROWSER = [{ name: 'chromium', file: '/usr/bin/chromium' }];
export const REGISTRY_TOOLS = [
  { name: 'docker-registry', command: 'docker-registry' },
  { name: 'skopeo', command: 'skopeo' },
];
/** What code-server's native modules are built with. */
export const BUILD_TOOLS = [
  { name: 'python3', command: 'python3' },
  { name: 'make', command: 'make' },
  { name: 'g++', command: 'g++' },
  { name: 'pkg-config', command: 'pkg-config' },
  { name: 'libkrb5-dev', file: '/usr/include/krb5.h' },
  { name: 'libx11-dev', file: '/usr/include/X11/Xlib.h' },
  { name: 'libxkbfile-dev', file: '/usr/include/X11/extensions/XKBfile.h' },
  { name: 'libsecret-1-dev', file: '/usr/include/libsecret-1/libsecret/secret.h' },
];

/** @returns whether a program is on PATH */
export function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/** Makes sure that all of these are there: installs them, or ends the program with a list of the missing ones. */
export function ensureTools(tools, purpose) {
  const names = tools.filter((tool) => !isThere(tool)).map((tool) => tool.name);
  if (names.length === 0) return;
  const line = `apt-get install --no-install-recommends ${names.join(' ')}`;
  if (!isRootOnDebian()) fail(`Missing for ${purpose}: ${names.join(', ')}.\nOn Debian: sudo ${line}`);
  console.log(`Installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { env });
  run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], { env });
  stopService(names);
}

function isThere({ command, file }) {
  return command ? onPath(command) : existsSync(file);
}

/** Debian starts a docker-registry on port 5000; ours run on ports of their own. */
function stopService(names) {
  if (names.includes('docker-registry') && onPath('systemctl'))
    spawnSync('systemctl', ['disable', '--now', 'docker-registry'], { stdio: 'ignore' });
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get');
}
