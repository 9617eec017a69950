import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { type CodeServer, startCodeServer } from './support/codeServer.ts';
import { Workbench } from './support/workbench.ts';

describe('a folder with a Kitfile in a real VS Code', () => {
  let browser: Browser;
  let server: CodeServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelkit-smoke-'));
    await writeFile(join(folder, 'Kitfile'), 'manifestVersion: 1.0.0\n');
    [browser, server] = await Promise.all([launchBrowser(), startCodeServer()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('opens the file from the keyboard', async () => {
    const workbench = await Workbench.open(browser, server.address, folder);
    await workbench.openFile('Kitfile');
    await workbench.screenshot('smoke');
    expect(await workbench.editor.textContent()).toContain('manifestVersion');
  });
});
