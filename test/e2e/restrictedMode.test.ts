import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { type CodeServer, startCodeServer } from './support/codeServer.ts';
import { Workbench } from './support/workbench.ts';

const vsix = new URL('../../dist/modelkit.vsix', import.meta.url).pathname;

describe('a folder that the user does not trust', () => {
  let browser: Browser;
  let server: CodeServer;
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelkit-restricted-'));
    await writeFile(join(folder, 'Kitfile'), 'manifestVersion: 1.0.0\nmodel:\n  name: m\n  path: missing.onnx\n');
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    const env = { KITOPS_HOME: join(folder, 'home') };
    [browser, server] = await Promise.all([launchBrowser(), startCodeServer({ vsix, env, settings, trust: true })]);
    workbench = await Workbench.open(browser, server.address, folder);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('still has its Kitfile checked', async () => {
    await workbench.openFile('Kitfile');
    await workbench.editor.locator('.squiggly-error').first().waitFor();
    await workbench.screenshot('restricted-kitfile');
  });

  it('offers neither to pack nor to push', async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.quickInput.fill('>ModelKit:');
    await workbench.quickRow('ModelKit: Add Registry…').waitFor();
    const rows = await workbench.page.locator('.quick-input-widget:visible .monaco-list-row').allTextContents();
    expect(rows.filter((row) => /Pack|Push|Pull|Unpack|Tag|Remove…/.test(row))).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  it('shows the local store, with the way to trust', async () => {
    await workbench.page.getByRole('tab', { name: 'ModelKits' }).click();
    await workbench.page.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await workbench.screenshot('restricted-store');
  });
});
