import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from '../support/registry.ts';
import { filesBelow, type Journey, startJourney } from './support/journey.ts';
import type { Workbench } from './support/workbench.ts';

const KITFILE = 'manifestVersion: 1.0.0\npackage:\n  name: trouble\nmodel:\n  name: weights\n  path: weights.bin\n';
const MANIFEST = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' });
/** What the other tests push is small; this is for the one that is given up. */
const LARGE_BYTES = 200 * 1024 * 1024;

async function projects(folder: string): Promise<void> {
  for (const name of ['small', 'large', 'missing', '.vscode']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['small', 'large', 'missing']) await writeFile(join(folder, name, 'Kitfile'), KITFILE);
  await writeFile(join(folder, 'small/weights.bin'), 'weights');
  await writeFile(join(folder, 'large/weights.bin'), 'weights');
  await truncate(join(folder, 'large/weights.bin'), LARGE_BYTES);
}

function task(reference: string) {
  return { label: 'ship', type: 'modelkit', verb: 'pack', folder: 'small', reference, push: true, problemMatcher: [] };
}

/** A registry with so many repositories, and as many tags in the first of them. */
async function crowdedRegistry(count: number): Promise<TestRegistry> {
  const registry = await startRegistry();
  const bytes = Buffer.from(MANIFEST);
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const number = (at: number) => String(at).padStart(4, '0');
  for (let at = 0; at < count; at += 1) {
    registry.repositories.putManifest(`team/model-${number(at)}`, 'latest', type, bytes);
    registry.repositories.putManifest('team/model-0000', `1.${at}.0`, type, bytes);
  }
  return registry;
}

describe('when something is wrong', () => {
  const started: TestRegistry[] = [];
  let locked: TestRegistry;
  let unlisted: TestRegistry;
  let slow: TestRegistry;
  let crowded: TestRegistry;
  let journey: Journey;
  let workbench: Workbench;

  beforeAll(async () => {
    locked = await startRegistry({ access: { kind: 'basic', users: { ada: 'lovelace' } } });
    unlisted = await startRegistry({ abilities: { catalog: false } });
    slow = await startRegistry();
    crowded = await crowdedRegistry(2000);
    started.push(locked, unlisted, slow, crowded);
    const registries = started.map(({ host }) => ({ host, plainHttp: true }));
    const settings = { 'modelkit.registries': registries, 'terminal.integrated.gpuAcceleration': 'off' };
    journey = await startJourney({ settings, prepare: projects });
    workbench = journey.workbench;
    await showModelKits();
    const tasks = { version: '2.0.0', tasks: [task(`${unlisted.host}/team/small:task`)] };
    await writeFile(join(journey.folder, '.vscode/tasks.json'), JSON.stringify(tasks));
  });
  beforeEach(({ onTestFailed, task }) => onTestFailed(() => workbench.screenshot(`failed ${task.name.slice(0, 30)}`)));
  afterAll(async () => {
    await journey?.stop();
    await Promise.all(started.map((registry) => registry.stop()));
  });

  const registries = () => workbench.view('Registries');
  const row = (text: string) => registries().locator('.monaco-list-row', { hasText: text }).first();
  const showModelKits = async () => {
    await workbench.command('ModelKits: Focus on Registries View');
    await row(locked.host).waitFor();
  };
  const pack = async (folder: string, reference: string) => {
    await workbench.page.keyboard.press('Control+Shift+E');
    await workbench.menu(workbench.treeRow(folder).first(), 'ModelKit', 'Pack…');
    await workbench.answer(reference, 'Name and tag');
  };

  it('a Kitfile that names a missing file leads to the place in it', async () => {
    await workbench.command('ModelKit: Pack…');
    await workbench.quickRow('missing/Kitfile').click();
    await workbench.answer('missing:1', 'Name and tag');
    await workbench.choose(/weights\.bin/, 'Open Kitfile');
    await workbench.editor.locator('.view-line').first().waitFor();
    await workbench.statusBar(/Ln 6, Col \d+ \(11 selected\)/).waitFor();
  });

  it('a push without a login leads to one, a wrong password is told, the right one works', async () => {
    const reference = `${locked.host}/team/small:1`;
    await pack('small', reference);
    await workbench.choose(/Packed/, 'Push');
    await workbench.choose(/log in/i, 'Log In');
    await workbench.answer('ada', 'User name');
    await workbench.answer('wrong', 'Password');
    await workbench.choose(/does not accept|password|refused/i, 'Log In');
    await workbench.answer('ada', 'User name');
    await workbench.answer('lovelace', 'Password');
    await workbench.notification(`Logged in to ${locked.host}`).waitFor();
    await workbench.command('ModelKit: Push…');
    await workbench.quickRow(reference).first().click();
    await workbench.notification(/Pushed .*small:1/).waitFor();
    expect(locked.repositories.tags('team/small')).toEqual(['1']);
  });

  it('a registry that does not list its repositories takes one by its name', async () => {
    const reference = `${unlisted.host}/team/small:1`;
    await pack('small', reference);
    await workbench.choose(/Packed/, 'Push');
    await workbench.notification(/Pushed .*small:1/).waitFor();
    await showModelKits();
    await workbench.menu(row(unlisted.host), 'Add Repository by Name…');
    await workbench.answer('team/small', 'Name of the repository');
    await row(unlisted.host).click();
    await row('team/small').click();
    await row('1').waitFor();
  });

  it('2,000 repositories and tags come page by page', async () => {
    await row(crowded.host).click();
    await row('team/model-0000').waitFor();
    const pages = crowded.requests.filter(({ path }) => path.startsWith('/v2/_catalog'));
    expect(pages).toHaveLength(1);
    await row('team/model-0000').click();
    await row('1.').waitFor();
    expect(crowded.requests.filter(({ path }) => path.includes('/tags/list'))).toHaveLength(1);
  });

  it('and are searched to the end', async () => {
    await workbench.command('ModelKit: Search ModelKits…');
    await workbench.quickInput.fill('model-1987');
    await workbench.quickRow('team/model-1987').first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('a push that is cancelled half-way leaves nothing and says nothing', async () => {
    const reference = `${slow.host}/team/large:1`;
    slow.fail({ method: 'PUT', path: /uploads/, times: 100, fault: { hang: true } });
    slow.fail({ method: 'PATCH', path: /uploads/, times: 100, fault: { hang: true } });
    await pack('large', reference);
    await workbench.choose(/Packed/, 'Push');
    const pushing = workbench.notification(/Pushing/);
    await pushing.getByText(/MiB of 200/).waitFor();
    await workbench.screenshot('push');
    await pushing.getByRole('button', { name: 'Cancel' }).click();
    await pushing.waitFor({ state: 'detached' });
    await workbench.page.waitForTimeout(1000);
    expect(await workbench.notification(/large/).count()).toBe(0);
    expect(slow.repositories.tags('team/large') ?? []).toEqual([]);
    const left = [...(await filesBelow(journey.home)).keys()].filter((file) => /\.tmp|lock|modelkit-/.test(file));
    expect(left).toEqual([]);
  });

  it('a task packs and pushes with its lines in the terminal', async () => {
    await workbench.command('Tasks: Run Task');
    await workbench.quickRow('ship').first().click();
    const terminal = workbench.page
      .locator('.terminal-wrapper.active .xterm-rows, .terminal-wrapper .xterm-rows')
      .first();
    await terminal.getByText(/Pushed .*small:task/).waitFor();
    expect(unlisted.repositories.tags('team/small')).toContain('task');
  });

  it('a registry that has gone shows a sentence in the tree, and Retry finds it again', async () => {
    slow.fail({ path: /_catalog/, times: 100, fault: { status: 503 } });
    await showModelKits();
    await row(slow.host).click();
    const error = registries().locator('.monaco-list-row', { hasText: 'REGISTRY_UNAVAILABLE' });
    // The engine tries again for a while before it gives up.
    await error.waitFor({ timeout: 60_000 });
    await workbench.screenshot('error node');
    slow.heal();
    await error.click();
    await error.waitFor({ state: 'detached' });
  });
});
