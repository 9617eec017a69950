import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type CodeServerOptions, startCodeServer } from './codeServer.ts';
import { Workbench } from './workbench.ts';

const root = new URL('../../..', import.meta.url).pathname;
const vsix = join(root, 'dist/modelkit.vsix');

/** A person before VS Code with the packaged extension, a project and a local store of their own. */
export interface Journey {
  readonly workbench: Workbench;
  readonly browser: Browser;
  readonly address: string;
  /** KITOPS_HOME of the extension host. */
  readonly home: string;
  /** The folder that is open: a copy of the sample project, unless the test has made another. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface JourneyOptions extends Omit<CodeServerOptions, 'vsix'> {
  /** Makes what is in the open folder; the sample project unless told. */
  readonly prepare?: (folder: string) => Promise<void>;
}

export async function startJourney({ prepare = sample, ...options }: JourneyOptions = {}): Promise<Journey> {
  const place = await mkdtemp(join(tmpdir(), 'modelkit-journey-'));
  const [home, folder] = [join(place, 'home'), join(place, 'penguins')];
  await prepare(folder);
  const env = { ...options.env, KITOPS_HOME: home };
  const [browser, server] = await Promise.all([launchBrowser(), startCodeServer({ ...options, vsix, env })]);
  const workbench = await Workbench.open(browser, server.address, folder);
  return {
    workbench,
    browser,
    address: server.address,
    home,
    folder,
    async stop() {
      await browser.close();
      await server.stop();
      await rm(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function sample(folder: string): Promise<void> {
  await cp(join(root, 'examples/penguins'), folder, { recursive: true });
}

/** Every file below a folder with its bytes, for comparing; `except` are names at its top. */
export async function filesBelow(folder: string, except: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) => !except.includes(file.slice(folder.length + 1).split('/')[0] ?? ''));
  const pairs = kept.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'base64')] as const);
  return new Map((await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
