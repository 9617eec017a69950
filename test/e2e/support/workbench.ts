import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';

const output = new URL('../output', import.meta.url).pathname;

/** A VS Code window, driven the way a person does. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a folder and waits until the window answers. */
  static async open(browser: Browser, address: string, folder: string): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(20_000);
    await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`);
    const workbench = new Workbench(page);
    await page.locator('.monaco-workbench').waitFor();
    await page.getByRole('tab', { name: /^Explorer/ }).waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  }

  /** Runs a command by the palette, by its full title such as `ModelKit: Pack…`. */
  async command(title: string): Promise<void> {
    const row = this.quickRow(title).first();
    const isOffered = async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`);
      return await row.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    };
    // A palette that opens before VS Code knows the extension does not learn of it.
    while (!(await isOffered())) await this.page.keyboard.press('Escape');
    await this.walkTo(title);
    await this.page.keyboard.press('Enter');
  }

  /** Goes down the rows of the palette to one: a similar title may be above it. */
  private async walkTo(title: string): Promise<void> {
    const focused = this.page.locator('.quick-input-widget:visible .monaco-list-row.focused');
    const isThere = async () => (await focused.getAttribute('aria-label'))?.startsWith(title);
    for (let steps = 0; steps < 20 && !(await isThere()); steps += 1) await this.page.keyboard.press('ArrowDown');
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.fill(name);
    await this.quickRow(name).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  quickRow(text: string): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text });
  }

  /** Answers the question at the top. @param question words of it, where another one was open before */
  async answer(text: string, question = ''): Promise<void> {
    await this.page.locator('.quick-input-widget:visible', { hasText: question }).waitFor();
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Points at a word of the editor until its explanation shows; a hand is never quite still. */
  async hoverWord(word: string, explanation: string): Promise<void> {
    const place = this.editor.getByText(word, { exact: true }).first();
    const hover = this.page.locator('.monaco-hover:visible', { hasText: explanation });
    for (let x = 6; x < 30 && !(await hover.isVisible()); x += 4) {
      await place.hover({ position: { x, y: 8 } });
      await this.page.waitForTimeout(700);
    }
    await hover.waitFor();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  /** Chooses a button of a message. */
  async choose(message: string | RegExp, button: string): Promise<void> {
    await this.notification(message).getByRole('button', { name: button, exact: true }).click();
  }

  /** Opens the context menu of something, and chooses entries down to the last one. */
  async menu(of: Locator, ...entries: readonly string[]): Promise<void> {
    await of.click({ button: 'right' });
    for (const entry of entries) {
      // A menu is deaf for its first 100 ms: the click that opened it must not choose.
      await this.page.getByRole('menuitem', { name: entry }).first().hover();
      await this.page.waitForTimeout(250);
      await this.page.getByRole('menuitem', { name: entry }).first().click();
    }
  }

  /** A row in the Problems panel, which must be open. */
  problem(text: string | RegExp): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  /** A view of the side bar by its title. */
  view(title: string): Locator {
    return this.page.locator('.sidebar .pane', { has: this.page.locator('.pane-header', { hasText: title }) });
  }

  /** Moves the focus to the tree of a view of ours. */
  async focusView(title: string): Promise<void> {
    await this.command(`ModelKits: Focus on ${title} View`);
    await this.view(title).locator('.monaco-list:focus').waitFor();
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.answer(`:${line}:${column}`);
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** A row of the tree that has the focus of the side bar. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.sidebar .monaco-list-row', { hasText: text });
  }

  /** The content of the only webview in front: VS Code wraps it twice. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Saves what a person would see to test/e2e/output. */
  async screenshot(name: string): Promise<void> {
    await mkdir(output, { recursive: true });
    await this.page.screenshot({ path: join(output, `${name}.png`) });
  }
}
