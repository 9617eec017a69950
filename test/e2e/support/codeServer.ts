import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService } from '../../support/process.ts';

const root = new URL('../../..', import.meta.url).pathname;
export const codeServerHome = join(root, 'test/vscode/node_modules/code-server');
const entry = join(codeServerHome, 'out/node/entry.js');

/** Quiet first start: nothing pops up that a test did not ask for. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'window.autoDetectColorScheme': false,
};

export interface CodeServer {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  /** What the server and its extension hosts have printed. */
  output(): string;
  stop(): Promise<void>;
}

export interface CodeServerOptions {
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For the extension host, such as KITOPS_HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves Workspace Trust on. */
  readonly trust?: boolean;
}

/** Starts a real VS Code with the VSIX installed, all its state in a temporary folder. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-vscode-'));
  const places = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
  const env = { ...cleanEnvironment(), ...options.env };
  await writeSettings(join(folder, 'data'), { ...SETTINGS, ...options.settings });
  if (options.vsix)
    await promisify(execFile)(process.execPath, [entry, ...places, '--install-extension', options.vsix], { env });
  const flags = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  const trust = options.trust ? [] : ['--disable-workspace-trust'];
  const service = await startService(
    process.execPath,
    [entry, ...places, ...flags, ...trust],
    /listening on (http:\/\/127\.0\.0\.1:\d+)/,
    env,
  );
  return {
    address: service.announced,
    output: service.output,
    async stop() {
      await service.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function writeSettings(data: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User', 'settings.json'), JSON.stringify(settings));
}

/** Without what a VS Code or test runner around us would tell ours. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|VITEST|NODE_OPTIONS$|PORT$)/.test(name));
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
