import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { launchBrowser } from './support/browser.ts';
import { type CodeServer, startCodeServer } from './support/codeServer.ts';
import { Workbench } from './support/workbench.ts';

const vsix = new URL('../../dist/modelkit.vsix', import.meta.url).pathname;

/** Each step goes on where the one before ended, as a person would. */
describe('a registry on plain HTTP that wants a login', () => {
  let browser: Browser;
  let server: CodeServer;
  let registry: TestRegistry;
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelkit-registries-'));
    await mkdir(join(folder, 'project'));
    await writeFile(join(folder, 'project', 'Kitfile'), KITFILE);
    await writeFile(join(folder, 'project', 'model.onnx'), 'weights');
    const env = { KITOPS_HOME: join(folder, 'home') };
    registry = await startRegistry({ access: { kind: 'basic', users: { alice: 'secret' } } });
    [browser, server] = await Promise.all([launchBrowser(), startCodeServer({ vsix, env })]);
    workbench = await Workbench.open(browser, server.address, join(folder, 'project'));
    await workbench.page.getByRole('tab', { name: 'ModelKits' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await registry?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Waits for a question: what is typed before it is there goes to the one before. */
  const asked = (prompt: string) =>
    workbench.page.locator('.quick-input-widget:visible', { hasText: prompt }).waitFor();

  it('is tested when it is added: the failed step is shown, and what helps', async () => {
    await workbench.command('ModelKit: Add Registry…');
    await workbench.answer(registry.host);
    await workbench.quickRow('Encryption').waitFor();
    await workbench.screenshot('registry-tls-failed');
    expect(await workbench.quickRow('Try plain HTTP').count()).toBe(1);
  });

  it('is tested again without encryption, and wants a login', async () => {
    await workbench.quickRow('Try plain HTTP').click();
    await workbench.quickRow('Add and log in…').waitFor();
    await workbench.screenshot('registry-login-wanted');
    await workbench.quickRow('Add and log in…').click();
    await asked('User name');
    await workbench.answer('alice');
    await asked('Password');
    await workbench.page.keyboard.type('secret');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickRow('Add this registry').waitFor();
    await workbench.screenshot('registry-in-order');
    await workbench.page.keyboard.press('Enter');
    await workbench.statusBar(`Added ${registry.host}`).waitFor();
  });

  it('is the one that Pack and Push offers, and takes what is pushed', async () => {
    await workbench.command('ModelKit: Pack and Push…');
    await workbench.quickRow(registry.host).waitFor();
    await workbench.page.keyboard.press('Enter');
    await asked('Where it goes');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(`Pushed ${registry.host}/iris:1.0.0`).waitFor();
    await workbench.screenshot('registry-pushed');
    expect(registry.repositories.tags('iris')).toEqual(['1.0.0']);
  });
});

const KITFILE = `manifestVersion: 1.0.0
package:
  name: iris
  version: 1.0.0
model:
  name: iris
  path: model.onnx
`;
