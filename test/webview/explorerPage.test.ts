import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../e2e/support/browser.ts';
import { digestOf, engineError, FakeSource, LAYERS, localEntry } from '../support/explorerSource.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { type Bundle, bundlePage, type OpenPage, openPage, type PageOptions } from './support/pageHarness.ts';
import { HOST, world } from './support/world.ts';

let browser: Browser;
let bundle: Bundle;
let open: OpenPage[] = [];

beforeAll(async () => {
  [browser, bundle] = await Promise.all([launchBrowser(), bundlePage()]);
});

afterAll(() => browser.close());

afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
});

async function explorer(source: FakeSource = world(), options: PageOptions = {}): Promise<OpenPage> {
  const opened = await openPage(browser, bundle, source, options);
  open.push(opened);
  await opened.page.getByRole('treeitem').first().waitFor();
  return opened;
}

const row = (page: Page, name: string | RegExp) => page.getByRole('treeitem', { name });
const spoken = (page: Page) => page.getByRole('status');

/** The name of the row that the tree says is the active one. */
function active(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const id = document.querySelector('[role=tree]')?.getAttribute('aria-activedescendant');
    return document.getElementById(id ?? '')?.getAttribute('aria-label') ?? null;
  });
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** From a fresh page to the details of iris:latest, by keys alone. */
async function openIris({ page }: OpenPage): Promise<void> {
  await row(page, /iris/).waitFor();
  await page.getByRole('tree').focus();
  await press(page, 'Home', 'ArrowDown', 'ArrowRight');
  await row(page, /latest/).waitFor();
  await press(page, 'ArrowRight', 'Enter');
  await page.getByRole('heading', { name: 'iris:latest' }).waitFor();
}

describe('the explorer page by keyboard alone', () => {
  it('has one tab stop for the tree, between search and the line that moves', async () => {
    const { page } = await explorer();
    const stops: (string | null)[] = [];
    for (let at = 0; at < 5; at++) {
      await press(page, 'Tab');
      stops.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null));
    }
    expect(stops).toEqual(['Search', 'Refresh', 'Add Registry', 'ModelKits', 'Width of the tree']);
  });

  it('walks, opens, closes and finds by typing as the ARIA practices have it', async () => {
    const { page } = await explorer();
    await row(page, /repository, iris/).waitFor();
    await page.getByRole('tree').focus();
    await press(page, 'Home');
    expect(await active(page)).toBe('Local Store');
    await press(page, 'End');
    expect(await active(page)).toBe('registry, ghcr.io');
    await press(page, 'ArrowUp', 'ArrowRight');
    await row(page, 'repository, team/iris').waitFor();
    await press(page, 'ArrowRight');
    expect(await active(page)).toBe('repository, team/iris');
    await press(page, 'ArrowLeft', 'ArrowLeft');
    expect(await row(page, `registry, ${HOST}`).getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.type('gh');
    expect(await active(page)).toBe('registry, ghcr.io');
  });

  it('tells level, position and size of each set', async () => {
    const opened = await explorer();
    await openIris(opened);
    const kit = row(opened.page, /ModelKit, 1\.2\.0/);
    const told = await Promise.all(
      ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-selected'].map((name) => kit.getAttribute(name)),
    );
    expect(told).toEqual(['3', '2', '3', 'false']);
    expect(await row(opened.page, /ModelKit, latest/).getAttribute('aria-selected')).toBe('true');
  });

  it('shows a ModelKit, its Kitfile and manifest, and acts on it', async () => {
    const opened = await explorer();
    const { page } = opened;
    await openIris(opened);
    expect(await page.getByRole('table', { name: 'Layers' }).getByRole('row').count()).toBe(LAYERS.length + 2);
    await page.getByRole('tab', { name: 'Layers' }).focus();
    await press(page, 'ArrowRight');
    await page.getByRole('region', { name: 'Kitfile' }).getByText('manifestVersion').waitFor();
    await press(page, 'End');
    await page.getByRole('region', { name: 'Manifest' }).getByText('"schemaVersion"').waitFor();
    await page.getByRole('button', { name: 'Push' }).focus();
    await press(page, 'Enter');
    await expect.poll(() => opened.actions.length).toBe(1);
    expect(opened.actions[0]).toMatchObject({ action: 'push', target: { reference: 'localhost/iris:latest' } });
  });

  it('copies a digest and says so', async () => {
    const opened = await explorer();
    await openIris(opened);
    const digest = digestOf('data/iris.csv');
    await opened.page.getByRole('button', { name: `Copy: ${digest}` }).focus();
    await press(opened.page, 'Enter');
    await expect.poll(() => spoken(opened.page).textContent()).toBe(`Copied: ${digest}`);
    expect(opened.copied).toEqual([digest]);
  });

  it('leads out of an error of the tree', async () => {
    const source = world();
    const opened = await explorer(source);
    const { page } = opened;
    await page.getByRole('tree').focus();
    await press(page, 'End', 'ArrowRight');
    await row(page, /REGISTRY_UNAUTHORIZED/).waitFor();
    await press(page, 'ArrowRight', 'Enter');
    await page.getByRole('button', { name: 'Log In' }).focus();
    await press(page, 'Enter');
    await expect.poll(() => opened.actions[0]).toMatchObject({ action: 'logIn', target: { registry: 'ghcr.io' } });
    source.known = { ...source.known, 'ghcr.io': { repositories: { 'acme/model': ['1'] } } };
    await page.getByRole('button', { name: 'Try Again' }).focus();
    await press(page, 'Enter');
    await row(page, /acme\/model/).waitFor();
  });

  it('leads out of an error of the details', async () => {
    const source = world();
    const inspect = source.inspect.bind(source);
    source.inspect = () => Promise.reject(engineError('BLOB_MISSING', 'A part is missing.'));
    const { page } = await explorer(source);
    await row(page, /iris/).waitFor();
    await page.getByRole('tree').focus();
    await press(page, 'Home', 'ArrowDown', 'ArrowRight');
    await row(page, /latest/).waitFor();
    await press(page, 'ArrowRight', 'Enter');
    await page.getByText('A part is missing.').first().waitFor();
    source.inspect = inspect;
    await page.getByRole('button', { name: 'Try Again' }).focus();
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'iris:latest' }).waitFor();
  });

  it('searches while one types, says what is found, and goes back on Escape', async () => {
    const { page } = await explorer();
    await press(page, 'Tab');
    await page.keyboard.type('team/iris');
    await expect.poll(() => spoken(page).textContent()).toContain('Results: 1');
    await press(page, 'ArrowDown', 'ArrowRight');
    await row(page, /ModelKit, 1\.1\.0/).waitFor();
    await press(page, 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Escape');
    await row(page, 'Local Store').waitFor();
  });

  it('loads the next page and stays where it was', async () => {
    const { page } = await explorer();
    await page.getByRole('tree').focus();
    await press(page, 'End', 'ArrowUp', 'ArrowRight');
    await row(page, 'repository, team/many').waitFor();
    await page.keyboard.type('team/many');
    await press(page, 'ArrowRight');
    await row(page, /1\.0\.199/).waitFor();
    await page.keyboard.type('load');
    await press(page, 'Enter');
    await expect.poll(() => spoken(page).textContent()).toBe('team/many: 400 loaded');
    expect(await active(page)).toBe('ModelKit, 1.0.199');
  });

  it('moves the line between tree and details', async () => {
    const { page } = await explorer();
    await page.getByRole('separator').first().focus();
    await press(page, 'Home', 'ArrowRight');
    expect(await page.getByRole('separator').first().getAttribute('aria-valuenow')).toBe('176');
  });
});

describe('a page that comes back', () => {
  it('shows what it showed, and asks no registry', async () => {
    const source = world();
    const first = await explorer(source);
    await openIris(first);
    await press(first.page, 'End', 'ArrowUp', 'ArrowRight');
    await row(first.page, 'repository, team/iris').waitFor();
    await first.page.getByRole('tab', { name: 'Kitfile' }).click();
    await expect.poll(async () => JSON.stringify(await first.state())).toContain('"tab":"kitfile"');
    const state = await first.state();
    source.requests.length = 0;
    const { page } = await explorer(source, { state });
    await page.getByRole('heading', { name: 'iris:latest' }).waitFor();
    await row(page, 'repository, team/iris').waitFor();
    expect(await page.getByRole('tab', { name: 'Kitfile' }).getAttribute('aria-selected')).toBe('true');
    expect(await row(page, /ModelKit, latest/).getAttribute('aria-selected')).toBe('true');
    expect(source.requests).toEqual(['list']);
  });

  it('brings back the search with its results', async () => {
    const source = world();
    const first = await explorer(source);
    await press(first.page, 'Tab');
    await first.page.keyboard.type('team/iris');
    await row(first.page, /team\/iris/).waitFor();
    await expect.poll(async () => JSON.stringify(await first.state())).toContain('"found"');
    const state = await first.state();
    source.requests.length = 0;
    const { page } = await explorer(source, { state });
    await row(page, /team\/iris/).waitFor();
    expect(await page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('team/iris');
    expect(source.requests).toEqual(['list']);
  });

  it.each([
    [7],
    ['x'],
    [{ version: 1, expanded: 7, children: { '': [{ id: 1 }] }, details: { layers: 'x' } }],
    [{ version: 99 }],
  ])('starts anew from a state that is not its own: %o', async (state) => {
    const { page, complaints } = await explorer(world(), { state });
    await row(page, /repository, iris/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('follows what changes in the store', async () => {
    const source = world();
    const { page } = await explorer(source);
    await row(page, /repository, iris/).waitFor();
    source.kits = [localEntry('localhost/new', ['1'])];
    source.change('store');
    await row(page, /repository, new/).waitFor();
  });

  it('shows what the host selects', async () => {
    const opened = await explorer();
    await openIris(opened);
    opened.emit('select', { id: 'storeKit|localhost%2Firis|1.1.0' });
    await opened.page.getByRole('heading', { name: 'iris:1.1.0' }).waitFor();
  });
});

describe('names that strangers chose', () => {
  it('are text, whatever they hold', async () => {
    const source = world();
    const evil = '<img src=x onerror=alert(1)><b>x</b>';
    source.known = { [HOST]: { repositories: { [evil]: [] } } };
    source.content = {
      kitfileYaml: `name: "${evil}"`,
      layers: LAYERS.map((layer) => ({ ...layer, name: evil, path: evil })),
    };
    const opened = await explorer(source);
    await openIris(opened);
    await press(opened.page, 'End', 'ArrowRight');
    await row(opened.page, /onerror/).waitFor();
    expect(await opened.page.locator('img, b').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });
});

describe('ten thousand tags', () => {
  it('cost no more rows than are seen, and scroll at once', async () => {
    const source = world();
    source.known = { [HOST]: { repositories: { big: Array.from({ length: 10_000 }, (_, at) => `1.0.${at}`) } } };
    source.tags = async () => ({ tags: source.known[HOST]?.repositories.big ?? [] });
    const { page } = await explorer(source);
    await page.getByRole('tree').focus();
    await press(page, 'End', 'ArrowRight');
    await row(page, /big/).waitFor();
    await press(page, 'ArrowRight', 'ArrowRight');
    await row(page, /1\.0\.9999/).waitFor();
    const start = performance.now();
    await press(page, 'End');
    await expect.poll(() => active(page)).toBe('ModelKit, 1.0.0');
    expect(performance.now() - start).toBeLessThan(1500);
    expect(await page.getByRole('treeitem').count()).toBeLessThan(80);
  });
});

describe.each(['dark', 'light', 'highContrast'] as const)('in the %s theme', (theme) => {
  it.each([240, 480, 1200])('shows a ModelKit accessibly at %i pixels, within its content policy', async (width) => {
    const opened = await explorer(world(), { theme, width });
    await openIris(opened);
    expect(await accessibilityProblems(opened.page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it('is accessible with nothing chosen, with a Kitfile, with an error, and while it loads', async () => {
    const source = world();
    const opened = await explorer(source, { theme, width: 800 });
    const { page } = opened;
    await row(page, /repository, iris/).waitFor();
    const found = [...(await accessibilityProblems(page))];
    await openIris(opened);
    await page.getByRole('tab', { name: 'Kitfile' }).click();
    found.push(...(await accessibilityProblems(page)));
    await page.getByRole('tree').focus();
    await press(page, 'End', 'ArrowRight');
    await row(page, /REGISTRY_UNAUTHORIZED/).waitFor();
    await press(page, 'ArrowRight', 'Enter');
    await page.getByRole('button', { name: 'Log In' }).waitFor();
    source.gate = new Promise(() => undefined);
    await press(page, 'ArrowUp', 'ArrowUp', 'ArrowRight');
    await row(page, 'Loading…').waitFor();
    expect([...found, ...(await accessibilityProblems(page))]).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it('has no part that is wider than the window', async () => {
    const opened = await explorer(world(), { theme, width: 240 });
    await openIris(opened);
    const wide = await opened.page.evaluate(() =>
      [...document.querySelectorAll('body, main, nav, table, dl, header')]
        .filter((part) => part.scrollWidth > innerWidth)
        .map((part) => part.tagName),
    );
    expect(wide).toEqual([]);
  });
});

describe('an empty world', () => {
  it('says what to do first', async () => {
    const opened = await explorer(new FakeSource());
    const { page } = opened;
    await page.getByText('No registry yet.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add Registry' }).last().press('Enter');
    await expect.poll(() => opened.actions).toMatchObject([{ action: 'addRegistry' }]);
  });
});
