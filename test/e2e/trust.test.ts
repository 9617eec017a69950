import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, startJourney } from './support/journey.ts';
import type { Workbench } from './support/workbench.ts';

describe('a workspace that is not trusted yet', () => {
  let journey: Journey;
  let workbench: Workbench;

  beforeAll(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    journey = await startJourney({ trust: true, settings });
    workbench = journey.workbench;
  });
  afterAll(async () => {
    await journey?.stop();
  });

  it('is in Restricted Mode, and its Kitfile is checked all the same', async () => {
    const { page } = workbench;
    await workbench.statusBar('Restricted Mode').waitFor();
    await workbench.openFile('Kitfile');
    await workbench.goTo(26, 8);
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Errors: 1' }).waitFor();
    await page.keyboard.press('Control+Z');
    await page.getByRole('button', { name: 'No Problems' }).waitFor();
  });

  it('is offered nothing that writes, in the palette or in menus', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    await workbench.quickInput.fill('>ModelKit: ');
    await workbench.quickRow('ModelKit: Add Registry…').waitFor();
    const rows = await page.locator('.quick-input-widget:visible .monaco-list-row').allTextContents();
    expect(rows.filter((row) => /Pack|Push|Pull|Unpack|Tag|Remove…/.test(row))).toEqual([]);
    await page.keyboard.press('Escape');
    await workbench.treeRow('Kitfile').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy Path', exact: false }).first().waitFor();
    expect(await page.getByRole('menuitem', { name: 'ModelKit' }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('says in the empty store what it waits for', async () => {
    await workbench.page.getByRole('tab', { name: /^ModelKits/ }).click();
    const store = workbench.view('Local Store');
    await store.getByText('wait until you trust this workspace').waitFor();
    await store.getByRole('button', { name: 'Manage Workspace Trust' }).click();
  });

  it('is packed once it is trusted, without a reload', async () => {
    const { page } = workbench;
    await page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await workbench.statusBar('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.command('ModelKit: Pack…');
    await workbench.answer('penguins:trusted', 'Name and tag');
    await workbench.notification(/Packed penguins:trusted/).waitFor();
    await workbench.view('Local Store').locator('.monaco-list-row', { hasText: 'penguins' }).first().waitFor();
  });
});
