import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { launchBrowser } from './support/browser.ts';
import { type CodeServer, startCodeServer } from './support/codeServer.ts';
import { Workbench } from './support/workbench.ts';

const vsix = new URL('../../dist/modelkit.vsix', import.meta.url).pathname;
const tls = (name: string) => new URL(`../fixtures/tls/${name}`, import.meta.url).pathname;

/** The way to the registry is told to VS Code's own settings only. */
describe('a registry with a private authority, behind a proxy with a password', () => {
  let browser: Browser;
  let server: CodeServer;
  let registry: TestRegistry;
  let proxy: TestProxy;
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelkit-network-'));
    await mkdir(join(folder, 'project'));
    await writeFile(join(folder, 'project', 'Kitfile'), KITFILE);
    await writeFile(join(folder, 'project', 'model.onnx'), 'weights');
    const [cert, key] = await Promise.all([readFile(tls('server.pem'), 'utf8'), readFile(tls('server.key'), 'utf8')]);
    [registry, proxy] = await Promise.all([startRegistry({ tls: { cert, key } }), startProxy('me:pss')]);
    const settings = {
      'http.proxy': `http://${proxy.host}`,
      'http.proxyAuthorization': `Basic ${Buffer.from('me:pss').toString('base64')}`,
      'modelkit.caFiles': [tls('ca.pem')],
    };
    const env = { KITOPS_HOME: join(folder, 'home') };
    [browser, server] = await Promise.all([launchBrowser(), startCodeServer({ vsix, env, settings })]);
    workbench = await Workbench.open(browser, server.address, join(folder, 'project'));
    await workbench.page.getByRole('tab', { name: 'ModelKits' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await Promise.all([registry?.stop(), proxy?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('is in order when it is added, and every request went through the proxy', async () => {
    await workbench.command('ModelKit: Add Registry…');
    await workbench.answer(registry.host);
    await workbench.quickRow('Add this registry').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.statusBar(`Added ${registry.host}`).waitFor();
    expect(proxy.seen).toContain(`CONNECT ${registry.host}`);
  });

  it('takes what is packed and pushed', async () => {
    await workbench.command('ModelKit: Pack and Push…');
    await workbench.quickRow(registry.host).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Where it goes' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(`Pushed ${registry.host}/iris:1.0.0`).waitFor();
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
