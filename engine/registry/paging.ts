import { EngineError } from '../errors.ts';
import { MAX_PAGE_BYTES } from './limits.ts';
import type { RegistryClient } from './registryClient.ts';
import { notARegistry, protocolError } from './registryErrors.ts';

export interface PageRequest {
  readonly client: RegistryClient;
  /** Path of the listing. */
  readonly path: string;
  /** Name of the array in the answer: `tags`, `repositories`. */
  readonly field: string;
  readonly scopes: readonly string[];
  readonly doing: string;
  /** Entries wanted per page; the registry decides. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface Page {
  readonly entries: readonly string[];
  /** Where the next page begins; to be handed back as it is. */
  readonly next?: string;
}

/**
 * One page of a listing. A cursor that begins with a slash is the address from a `Link`, anything else the last name seen.
 * @throws EngineError REGISTRY_PROTOCOL for an answer that is no listing, METADATA_TOO_LARGE beyond 16 MiB
 */
export async function readPage(request: PageRequest, after?: string): Promise<Page> {
  const { client, field, signal } = request;
  const to = pageAddress(request, after);
  const response = await client.send({
    method: 'GET',
    to,
    scopes: request.scopes,
    accept: [200],
    doing: request.doing,
    headers: { accept: 'application/json' },
    ...(signal ? { signal } : {}),
  });
  const body = await response.bytes(MAX_PAGE_BYTES);
  const entries = parseEntries(body, field, client.host, response.mediaType);
  const next = nextPage(response.header('link'), new URL(to, client.origin));
  return { entries, ...(next === undefined || next === to ? {} : { next }) };
}

/** All pages, until there is no next one. @throws EngineError REGISTRY_PROTOCOL when they never end */
export async function* readPages(request: PageRequest): AsyncGenerator<readonly string[]> {
  const { pages, entries: mostEntries } = request.client.limits;
  const seen = new Set<string>();
  let after: string | undefined;
  let count = 0;
  do {
    const page = await readPage(request, after);
    count += page.entries.length;
    if (page.entries.length > 0) yield page.entries;
    after = page.next;
    if (after === undefined || seen.has(after)) return;
    seen.add(after);
  } while (seen.size < pages && count < mostEntries);
  throw new EngineError(
    'METADATA_TOO_LARGE',
    `${request.client.host} lists more than ${mostEntries} entries or ${pages} pages.`,
    {
      advice: 'Name the repository or tag that you want.',
      facts: { host: request.client.host },
    },
  );
}

function pageAddress({ path, limit }: PageRequest, after: string | undefined): string {
  if (after?.startsWith('/')) return after;
  const query = new URLSearchParams();
  if (limit !== undefined) query.set('n', String(limit));
  if (after !== undefined) query.set('last', after);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Names in the listing that are texts, each once; `null` is an empty list (bad-inputs C29). */
function parseEntries(body: Buffer, field: string, host: string, mediaType: string): readonly string[] {
  const value = parse(body);
  if (value === undefined) throw notARegistry(host, `it answers ${mediaType || 'nothing'} where a list belongs`);
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) throw protocolError(host, `its list of ${field} is no list`);
  return [...new Set(list.filter((entry): entry is string => typeof entry === 'string' && isName(entry)))];
}

function isName(text: string): boolean {
  return text.length > 0 && text.length <= 255 && /^[\w][\w./-]*$/.test(text);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** The path and query of `Link: <…>; rel="next"`, of the same origin only. */
function nextPage(link: string | undefined, from: URL): string | undefined {
  for (const [, target = '', parameters = ''] of (link ?? '').matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?/i.test(parameters)) continue;
    const url = URL.parse(target, from.href);
    if (url && (url.origin === from.origin || url.hostname === from.hostname)) return url.pathname + url.search;
  }
  return undefined;
}
