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
    page.setDefaultTimeout(30_000);
    await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`);
    const workbench = new Workbench(page);
    await page.locator('.monaco-workbench').waitFor();
    await page.getByRole('tab', { name: /^Explorer/ }).waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return workbench;
  }

  /** Runs a command by the palette, by its full title such as `ModelKit: Pack…`. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.quickRow(title).first().waitFor();
    await this.page.keyboard.press('Enter');
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
    return this.page.locator('.quick-input-widget:visible input[type="text"]');
  }

  quickRow(text: string): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text });
  }

  /** Answers a question in the input box or picker at the top. */
  async answer(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
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
