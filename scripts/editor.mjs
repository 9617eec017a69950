/** Opens VS Code on the sample with the extension from the VSIX, apart from the user's own VS Code. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeServerEntry, ensureCodeServer } from './codeServer.mjs';
import { onPath } from './debian.mjs';
import { vsix } from './package.mjs';
import { node24Environment, root } from './setup.mjs';

const onWindows = process.platform === 'win32';

/** Returns when the user has closed it (desktop) or pressed Ctrl+C (browser). The registry may live in this process. */
export async function openEditor({ project, home, folder, registry }) {
  const data = join(folder, 'vscode');
  const places = ['--user-data-dir', data, '--extensions-dir', join(folder, 'extensions')];
  writeSettings(data, registry);
  console.log(`\nThe registry ${registry.host} (plain http) runs as long as VS Code.`);
  if (onPath(onWindows ? 'code.cmd' : 'code')) await openDesktop(places, project, home);
  else await openInBrowser(places, project, home);
}

async function openDesktop(places, project, home) {
  const options = { stdio: 'inherit', env: { ...process.env, KITOPS_HOME: home }, shell: onWindows };
  installExtension('code', places, options);
  console.log('VS Code is open on the sample; close its window to end.');
  await once(spawn('code', [...places, '--new-window', '--wait', project], options), 'exit');
}

async function openInBrowser(places, project, home) {
  ensureCodeServer();
  const env = { ...node24Environment(), KITOPS_HOME: home };
  installExtension(process.execPath, [codeServerEntry, ...places], { stdio: 'inherit', env });
  const flags = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  const server = spawn(process.execPath, [codeServerEntry, ...places, ...flags, project], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  server.stdout.on('data', (chunk) => tellAddress(chunk.toString(), project));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill('SIGTERM'));
  await once(server, 'exit');
}

function installExtension(program, args, options) {
  if (spawnSync(program, [...args, '--install-extension', join(root, vsix)], options).status !== 0)
    throw new Error('VS Code could not install the extension; it says why above.');
}

/** A quiet first start, and the registry of the main job in the explorer. */
function writeSettings(data, registry) {
  const settings = {
    'workbench.startupEditor': 'none',
    'telemetry.telemetryLevel': 'off',
    'modelkit.registries': [{ host: registry.host, plainHttp: true }],
  };
  // The desktop reads the user's settings; a VS Code in the browser reads those that name hosts from the machine's.
  for (const owner of ['User', 'Machine']) {
    mkdirSync(join(data, owner), { recursive: true });
    writeFileSync(join(data, owner, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}

function tellAddress(text, project) {
  const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
  if (address) console.log(`\nVS Code: ${address}/?folder=${encodeURIComponent(project)}\nPress Ctrl+C to end.`);
}
