import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { ExplorerAction, ExplorerEvents, ExplorerRequests } from '#shared/explorer';
import { connect } from '#shared/rpc';
import { ExplorerModel } from '../../../client/explorer/model.ts';
import { pageTexts } from '../../../client/explorer/pageTexts.ts';
import { explorerTexts } from '../../../client/explorer/texts.ts';
import type { NodeTarget } from '../../../client/nodeTarget.ts';
import { explorerHandlers, toWire } from '../../../client/webviews/explorer/handlers.ts';
import { explorerHtml } from '../../../client/webviews/explorer/html.ts';
import { english, type FakeSource } from '../../support/explorerSource.ts';
import { BODY_CLASS, THEMES, type ThemeName } from './themes.ts';

const ORIGIN = 'https://page.test';

export interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** The page as the package has it. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: ['webview/explorer/main.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome128',
    outdir: 'out',
    write: false,
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier page has kept. */
  readonly state?: unknown;
  readonly selected?: string;
}

/** The page in a browser, with the real host's handlers over a source in memory. */
export interface OpenPage {
  readonly page: Page;
  readonly model: ExplorerModel;
  readonly actions: { readonly action: ExplorerAction; readonly target: NodeTarget | undefined }[];
  readonly copied: string[];
  /** What the browser complained of: errors, and what the content policy kept out. */
  readonly complaints: string[];
  emit<K extends keyof ExplorerEvents & string>(event: K, params: Parameters<ExplorerEvents[K]>[0]): void;
  state(): Promise<unknown>;
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  bundle: Bundle,
  source: FakeSource,
  options: PageOptions = {},
): Promise<OpenPage> {
  const { theme = 'dark', width = 1200, height = 800, selected } = options;
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const texts = explorerTexts(english, 'en');
  const model = new ExplorerModel(source, texts);
  const opened = { actions: [] as OpenPage['actions'], copied: [] as string[], complaints: [] as string[] };
  page.on('pageerror', (error) => opened.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') opened.complaints.push(message.text());
  });
  let receive: (message: unknown) => void = () => undefined;
  const rpc = connect<Record<string, never>, ExplorerEvents, ExplorerRequests>(
    {
      post: (message) => void page.evaluate((data) => window.postMessage(data, '*'), message).catch(() => undefined),
      listen: (listener) => {
        receive = listener;
        return () => undefined;
      },
    },
    {
      handlers: explorerHandlers(model, {
        start: () => ({ texts: pageTexts(english), language: 'en', ...(selected === undefined ? {} : { selected }) }),
        act: async (action, target) => {
          opened.actions.push({ action, target });
          return true;
        },
        copy: async (text) => void opened.copied.push(text),
        found: (found) => rpc.emit('found', found),
      }),
      toWire: toWire(texts),
    },
  );
  model.onDidChange((id) => rpc.emit('changed', id === undefined ? {} : { id }));
  await page.exposeFunction('postToHost', (message: unknown) => receive(message));
  await page.addInitScript(prepare, { state: options.state, tokens: THEMES[theme], bodyClass: BODY_CLASS[theme] });
  await serve(page, bundle);
  await page.goto(`${ORIGIN}/`);
  await page.getByRole('tree').waitFor();
  return {
    ...opened,
    page,
    model,
    emit: (event, params) => rpc.emit(event, params),
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null')),
    close: () => context.close(),
  };
}

async function serve(page: Page, { script, style }: Bundle): Promise<void> {
  const html = explorerHtml(
    { script: `${ORIGIN}/explorer.js`, style: `${ORIGIN}/explorer.css`, cspSource: ORIGIN },
    'n0nce',
    'en',
  );
  const files: Readonly<Record<string, { readonly contentType: string; readonly body: string }>> = {
    '/': { contentType: 'text/html', body: html },
    '/explorer.js': { contentType: 'text/javascript', body: script },
    '/explorer.css': { contentType: 'text/css', body: style },
  };
  await page.route(`${ORIGIN}/**`, (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file ? route.fulfill(file) : route.fulfill({ status: 204 });
  });
}

/** What VS Code does for a page before its script runs. */
function prepare({
  state,
  tokens,
  bodyClass,
}: {
  state: unknown;
  tokens: Readonly<Record<string, string>>;
  bodyClass: string;
}): void {
  if (state !== undefined) sessionStorage.setItem('state', JSON.stringify(state));
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) =>
        (window as never as { postToHost(message: unknown): void }).postToHost(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
      setState: (kept: unknown) => sessionStorage.setItem('state', JSON.stringify(kept)),
    }),
  });
  addEventListener('securitypolicyviolation', (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
  );
  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(tokens))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
