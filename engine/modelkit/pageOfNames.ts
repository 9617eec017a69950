import type { Page } from '../registry/paging.ts';
import type { Call } from './call.ts';

export interface PageOptions {
  /** The `next` of the page before, or a name: what comes after it is listed. */
  readonly after?: string;
  /** Entries per page; 200 unless told (bad-inputs F8). */
  readonly limit?: number;
}

type ReadPage = (options: { after?: string; limit: number; signal?: AbortSignal }) => Promise<Page>;

const DEFAULT_LIMIT = 200;

/**
 * One page of names, also from a registry that always sends them all (distribution 2.8 does so with tags): its list is
 * sorted and cut here.
 */
export async function pageOfNames(
  read: ReadPage,
  { after, limit = DEFAULT_LIMIT }: PageOptions,
  { signal }: Call,
): Promise<Page> {
  const page = await read({ limit, ...(after === undefined ? {} : { after }), ...(signal ? { signal } : {}) });
  const isWhole =
    page.next === undefined && (page.entries.length > limit || (after !== undefined && page.entries.includes(after)));
  return isWhole ? cut(page.entries, after, limit) : page;
}

function cut(all: readonly string[], after: string | undefined, limit: number): Page {
  const rest = [...all].sort().filter((name) => after === undefined || name > after);
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return { entries, ...(rest.length > entries.length && last !== undefined ? { next: last } : {}) };
}
