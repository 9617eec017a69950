import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DockerRegistry, startDockerRegistry } from '../support/dockerRegistry.ts';
import { skopeoToLayout } from '../support/skopeo.ts';
import { filesBelow, type Journey, startJourney } from './support/journey.ts';
import type { Workbench } from './support/workbench.ts';

/** The Kitfile comes out as the ModelKit has it, .kitignore is not packed. */
const NOT_COMPARED = ['Kitfile', '.kitignore', 'unpacked', 'penguins', 'again'];

/** Layers of what skopeo found under a reference: an independent witness. */
async function layersBySkopeo(reference: string): Promise<readonly { mediaType: string; size: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'modelkit-witness-'));
  await skopeoToLayout(reference, folder);
  const blob = async (digest: string) =>
    JSON.parse(await readFile(join(folder, 'blobs', digest.replace(':', '/')), 'utf8'));
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const { layers } = await blob(index.manifests[0].digest);
  await rm(folder, { recursive: true });
  return layers;
}

const row = (view: Locator, text: string) => view.locator('.monaco-list-row', { hasText: text }).first();

describe('the main job with the mouse', () => {
  let registry: DockerRegistry;
  let journey: Journey;
  let workbench: Workbench;
  let reference: string;

  beforeAll(async () => {
    registry = await startDockerRegistry();
    journey = await startJourney();
    workbench = journey.workbench;
    reference = `${registry.host}/samples/penguins:1.0.0`;
  });
  beforeEach(({ onTestFailed, task }) => onTestFailed(() => workbench.screenshot(`failed ${task.name.slice(0, 30)}`)));
  afterAll(async () => {
    await journey?.stop();
    await registry?.stop();
  });

  it('shows a mistyped key under Problems, and mends it with a click', async () => {
    const { page } = workbench;
    await workbench.treeRow('Kitfile').dblclick();
    await workbench.editor.getByText('license', { exact: true }).first().dblclick();
    await page.keyboard.type('licence');
    await page.getByRole('button', { name: 'Errors: 1' }).click();
    await workbench.problem('licence').click();
    await workbench.hoverWord('licence', 'Did you mean "license"?');
    await page.locator('.monaco-hover:visible').getByText('Quick Fix').click();
    await page.locator('.action-widget .monaco-list-row', { hasText: 'license' }).first().click();
    await page.locator('.markers-panel', { hasText: 'No problems' }).waitFor();
    await page.keyboard.press('Control+S');
    await page
      .getByRole('button', { name: /^Hide Panel/ })
      .first()
      .click();
    expect(await workbench.editor.getByText('licence', { exact: true }).count()).toBe(0);
  });

  it('explains a key on hover', async () => {
    await workbench.hoverWord('manifestVersion', 'Version of the Kitfile format');
  });

  it('packs from the menu of the Kitfile', async () => {
    await workbench.menu(workbench.treeRow('Kitfile').first(), 'ModelKit', 'Pack…');
    await workbench.answer(reference);
    await workbench.notification(/Packed .*12 layers/).waitFor();
    await workbench.screenshot('pack');
  });

  it('pushes from the message, and is led to the registry that speaks plain HTTP', async () => {
    await workbench.choose(/Packed/, 'Push');
    await workbench.choose(/does not speak TLS/, 'Add Registry');
    await workbench.quickRow('Try plain HTTP').click();
    await workbench.quickRow('Add this registry').click();
    await workbench.notification(/Pushed .*penguins:1.0.0/).waitFor();
    const layers = await layersBySkopeo(reference);
    expect(layers).toHaveLength(12);
  });

  it('shows registries, repositories, tags and layers', async () => {
    const registries = workbench.view('Registries');
    await row(registries, registry.host).waitFor();
    await row(registries, registry.host).click();
    await row(registries, 'samples/penguins').click();
    await row(registries, '1.0.0').locator('.monaco-tl-twistie').click();
    await row(registries, 'penguins-mlp').waitFor();
    await workbench.screenshot('tree');
  });

  it('opens the page with layers, Kitfile and manifest', async () => {
    const { webview } = workbench;
    await row(workbench.view('Registries'), '1.0.0').locator('.label-name').click();
    await webview.getByRole('heading', { level: 1, name: reference }).waitFor();
    await webview.getByRole('cell', { name: 'model/model.safetensors' }).waitFor();
    await workbench.screenshot('explorer');
    await webview.getByRole('tab', { name: 'Kitfile' }).click();
    await webview.getByRole('tabpanel').getByText('manifestVersion').first().waitFor();
    await webview.getByRole('tab', { name: 'Manifest' }).click();
    await webview.getByRole('tabpanel').getByText('application/vnd.kitops.modelkit.manifest.v1+json').first().waitFor();
  });

  it('removes the local copy after a question, and says that the store is empty', async () => {
    const store = workbench.view('Local Store');
    await row(store, 'samples/penguins').click();
    await workbench.menu(row(store, '1.0.0'), 'Remove…');
    await workbench.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await store.getByText('There is no ModelKit on this computer yet.').waitFor();
  });

  it('pulls it again and unpacks the same bytes', async () => {
    const tag = row(workbench.view('Registries'), '1.0.0');
    await tag.hover();
    await tag.getByRole('button', { name: 'Pull…' }).click();
    await workbench.choose(/Pulled .*penguins:1.0.0/, 'Unpack');
    await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench.quickRow('penguins/penguins').click();
    await workbench.notification(/Unpacked .* files/).waitFor();
    const unpacked = await filesBelow(join(journey.folder, 'penguins'), NOT_COMPARED);
    expect(unpacked).toEqual(await filesBelow(journey.folder, NOT_COMPARED));
    expect(unpacked.size).toBeGreaterThan(12);
  });

  it('gives it a second tag', async () => {
    const store = workbench.view('Local Store');
    await row(store, 'samples/penguins').click();
    await workbench.menu(row(store, '1.0.0'), 'Tag…');
    await workbench.answer(`${registry.host}/samples/penguins:stable`);
    await row(store, 'stable').waitFor();
  });

  it('removes the tag of the registry after a question', async () => {
    const registries = workbench.view('Registries');
    await workbench.menu(row(registries, '1.0.0'), 'Remove…');
    await workbench.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row(registries, '1.0.0').waitFor({ state: 'detached' });
  });
});

describe('the main job with the keyboard', () => {
  let registry: DockerRegistry;
  let journey: Journey;
  let workbench: Workbench;
  let reference: string;
  const press = (...keys: readonly string[]) => pressAll(workbench, keys);
  /** Again where a tree that was loading let the keys pass by. */
  const pressUntil = (there: Locator, ...keys: readonly string[]) =>
    expect
      .poll(
        async () => {
          await press(...keys);
          await there.waitFor({ timeout: 3000 }).catch(() => undefined);
          return await there.count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);

  beforeAll(async () => {
    registry = await startDockerRegistry();
    journey = await startJourney();
    workbench = journey.workbench;
    reference = `${registry.host}/keys/penguins:2.0.0`;
  });
  beforeEach(({ onTestFailed, task }) => onTestFailed(() => workbench.screenshot(`failed ${task.name.slice(0, 30)}`)));
  afterAll(async () => {
    await journey?.stop();
    await registry?.stop();
  });

  it('completes a key, and mends a misspelt one', async () => {
    const { page, editor } = workbench;
    await workbench.openFile('Kitfile');
    await workbench.goTo(38, 99);
    await press('Enter');
    await page.keyboard.type('li');
    await press('Control+Space');
    // A word that VS Code itself suggests has no such icon.
    const offered = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'license' });
    await offered.filter({ has: page.locator('.codicon-symbol-property, .codicon-symbol-field') }).waitFor();
    await workbench.screenshot('editor');
    await press('Enter');
    await editor
      .locator('.view-line', { hasText: /^\s*license:\s*$/ })
      .first()
      .waitFor();
    await press('Escape', 'Control+Shift+K');
    await workbench.goTo(26, 8);
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Errors: 1' }).waitFor();
    await press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: 'parameters' }).waitFor();
    await press('Enter');
    await page.getByRole('button', { name: 'No Problems' }).waitFor();
    expect(await editor.textContent()).toContain('parameters');
  });

  it('adds the registry first', async () => {
    await workbench.command('ModelKit: Add Registry…');
    await workbench.answer(registry.host);
    await workbench.quickRow('Try plain HTTP').waitFor();
    await press('Enter');
    await workbench.quickRow('Add this registry').waitFor();
    await press('Enter');
    await row(workbench.view('Registries'), registry.host).waitFor();
  });

  it('packs and pushes in one go', async () => {
    await workbench.command('ModelKit: Pack and Push…');
    await workbench.quickRow(registry.host).first().waitFor();
    await press('Enter');
    await workbench.answer(reference, 'Where it goes');
    await workbench.notification(/Pushed .*penguins:2.0.0/).waitFor();
    expect(await layersBySkopeo(reference)).toHaveLength(12);
  });

  it('walks the trees with the arrows and opens the page with Enter', async () => {
    const registries = workbench.view('Registries');
    await workbench.focusView('Registries');
    await pressUntil(row(registries, 'keys/penguins'), 'Home', 'ArrowRight');
    await pressUntil(row(registries, '2.0.0'), 'Home', 'ArrowDown', 'ArrowRight');
    await press('Home', 'ArrowDown', 'ArrowDown', 'Enter');
    await workbench.webview.getByRole('heading', { level: 1, name: reference }).waitFor();
  });

  it('gives a tag with F2, removes it with Delete', async () => {
    const store = workbench.view('Local Store');
    await workbench.focusView('Local Store');
    await pressUntil(row(store, '2.0.0'), 'Home', 'ArrowRight');
    await press('Home', 'ArrowDown', 'F2');
    await workbench.answer(`${registry.host}/keys/penguins:stable`);
    await row(store, 'stable').waitFor();
    await press('Delete');
    await workbench.page.getByRole('dialog').getByText(`Remove ${reference} from the local store?`).waitFor();
    await press('Enter');
    await row(store, '2.0.0').waitFor({ state: 'detached' });
  });

  it('unpacks the same bytes straight from the registry', async () => {
    await workbench.command('ModelKit: Unpack…');
    await workbench.quickRow('In a registry').waitFor();
    await press('ArrowDown', 'Enter');
    await workbench.answer(reference, 'Which ModelKit');
    await workbench.quickRow('Datasets').waitFor();
    await press('Enter');
    await workbench.quickRow('penguins/penguins').waitFor();
    await press('Enter');
    await workbench.notification(/Unpacked .* files/).waitFor();
    const unpacked = await filesBelow(join(journey.folder, 'penguins'), NOT_COMPARED);
    expect(unpacked).toEqual(await filesBelow(journey.folder, NOT_COMPARED));
  });
});

async function pressAll({ page }: Workbench, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
