/** Opens VS Code on the sample with the extension from the VSIX. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeServerEntry, ensureCodeServer } from './codeServer.mjs';
import { onPath } from './debian.mjs';
import { fail, node24Environment, root } from './setup.mjs';

const vsix = join(root, 'dist', 'modelkit.vsix');

/** Returns when the user has closed it (desktop) or pressed Ctrl+C (browser). */
export async function openEditor({ project, home, folder, registry }) {
  console.log(`\nThe registry ${registry.host} (plain http) runs until you press Ctrl+C.`);
  if (onPath(process.platform === 'win32' ? 'code.cmd' : 'code')) return openDesktop(project, home);
  return await openInBrowser(project, home, folder);
}

function openDesktop(project, home) {
  const options = { stdio: 'inherit', env: { ...process.env, KITOPS_HOME: home }, shell: process.platform === 'win32' };
  if (spawnSync('code', ['--install-extension', vsix, '--force'], options).status !== 0)
    fail('`code --install-extension` failed; it says why above.');
  console.log('VS Code is open on the sample; close its window to end.');
  spawnSync('code', ['--new-window', '--wait', project], options);
}

async function openInBrowser(project, home, folder) {
  ensureCodeServer();
  const places = ['--user-data-dir', join(folder, 'vscode'), '--extensions-dir', join(folder, 'extensions')];
  mkdirSync(join(folder, 'vscode', 'User'), { recursive: true });
  writeFileSync(
    join(folder, 'vscode', 'User', 'settings.json'),
    JSON.stringify({ 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off' }),
  );
  const env = { ...node24Environment(), KITOPS_HOME: home };
  const install = spawnSync(process.execPath, [codeServerEntry, ...places, '--install-extension', vsix], {
    stdio: 'inherit',
    env,
  });
  if (install.status !== 0) fail('code-server could not install the extension; it says why above.');
  const flags = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  const server = spawn(process.execPath, [codeServerEntry, ...places, ...flags, project], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  server.stdout.on('data', (chunk) => tellAddress(chunk.toString(), project));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill('SIGTERM'));
  await new Promise((resolve) => server.once('exit', resolve));
}

function tellAddress(text, project) {
  const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
  if (address) console.log(`\nVS Code: ${address}/?folder=${encodeURIComponent(project)}\nPress Ctrl+C to end.`);
}
