import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startService } from '../../support/process.ts';
import { launchBrowser } from './browser.ts';
import { cleanEnvironment, codeServerHome } from './codeServer.ts';

const root = new URL('../../..', import.meta.url).pathname.replace(/\/$/, '');
const serverMain = join(codeServerHome, 'lib/vscode/out/server-main.js');

/** One test that ran inside the extension host; without an error it passed. */
export interface HostResult {
  readonly name: string;
  readonly error?: string;
}

/**
 * Runs test/e2e/host inside the extension host of a real VS Code, with this project as the extension under development.
 * @param env for the extension host, such as KITOPS_HOME
 * @throws Error with the host's console when it ends without results
 */
export async function runInExtensionHost(
  workspace: string,
  env: Readonly<Record<string, string>>,
): Promise<readonly HostResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-host-'));
  const results = join(folder, 'results.json');
  const tests = await bundleTests(folder);
  const service = await startService(
    process.execPath,
    [serverMain, ...serverFlags(join(folder, 'data'))],
    /Extension host agent listening on (\d+)/,
    { ...cleanEnvironment(), ...env, MODELKIT_TEST_RESULTS: results },
  );
  try {
    const printed = await drive(`127.0.0.1:${service.announced}`, workspace, tests);
    return await readResults(results, printed + service.output());
  } finally {
    await service.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function serverFlags(data: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--server-data-dir', data, '--telemetry-level', 'off'],
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver',
    '--disable-workspace-trust',
  ];
}

async function bundleTests(folder: string): Promise<string> {
  const outfile = join(folder, 'tests.cjs');
  await build({
    entryPoints: [join(root, 'test/e2e/host/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** Opens the window that starts the extension host, and waits for its end. @returns what it printed */
async function drive(authority: string, workspace: string, tests: string): Promise<string> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    let printed = '';
    page.on('console', (message) => {
      printed += `${message.text()}\n`;
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      printed += `${type} ${JSON.stringify(args)}\n`;
    });
    const ended = new Promise<void>((resolve) => {
      void page
        .exposeFunction('codeAutomationExit', () => resolve())
        .then(() => page.goto(address(authority, workspace, tests)));
    });
    await ended;
    return printed;
  } finally {
    await browser.close();
  }
}

function address(authority: string, workspace: string, tests: string): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(tests)],
  ]);
  return `http://${authority}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`;
}

async function readResults(file: string, printed: string): Promise<readonly HostResult[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as HostResult[];
  } catch (error) {
    throw new Error(`the extension host ended without results:\n${printed}`, { cause: error });
  }
}
