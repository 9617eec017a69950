/** System packages that the tests need: installed by apt as root on Debian, else named exactly. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, run } from './setup.mjs';

const BROWSER = [{ name: 'chromium', file: '/usr/bin/chromium' }];
const REGISTRY_TOOLS = [
  { name: 'docker-registry', command: 'docker-registry' },
  { name: 'skopeo', command: 'skopeo' },
];
/** What code-server's native modules are built with. */
const BUILD_TOOLS = [
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

/** Makes sure that the tests find their browser, registry and witnesses. */
export function ensureTestTools() {
  ensure([...BROWSER, ...REGISTRY_TOOLS], 'the tests in a real VS Code against a real registry');
}

/** Makes sure that code-server's native modules can be built. */
export function ensureBuildTools() {
  ensure(BUILD_TOOLS, "building code-server's native modules");
}

function ensure(packages, purpose) {
  const missing = packages.filter((item) => (item.command ? !onPath(item.command) : !existsSync(item.file)));
  if (missing.length === 0) return;
  const names = missing.map((item) => item.name);
  if (!isRootOnDebian())
    fail(`Missing for ${purpose}: ${names.join(', ')}. On Debian: sudo apt-get install ${names.join(' ')}`);
  console.log(`Installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { env });
  run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], { env });
  stopService(names);
}

/** Debian starts a docker-registry on port 5000; ours run on ports of their own. */
function stopService(names) {
  if (names.includes('docker-registry') && onPath('systemctl'))
    spawnSync('systemctl', ['disable', '--now', 'docker-registry'], { stdio: 'ignore' });
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get');
}
