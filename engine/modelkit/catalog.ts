import { EngineError, isEngineError } from '../errors.ts';
import type { Registries } from '../registry/registries.ts';
import type { Call } from './call.ts';
import { type PageOptions, pageOfNames } from './pageOfNames.ts';
import { waiting } from './waiting.ts';

export interface CatalogPage {
  readonly repositories: readonly string[];
  /** Hand it back as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/**
 * One page of the repositories of a registry. Many registries do not tell: then they are named by hand.
 * @throws EngineError REGISTRY_UNSUPPORTED where there is no catalogue, REGISTRY_UNAUTHORIZED, REGISTRY_DENIED, NETWORK_*
 */
export async function catalog(
  { registries }: { readonly registries: Registries },
  host: string,
  options: PageOptions = {},
  call: Call = {},
): Promise<CatalogPage> {
  const registry = registries.registry(host, waiting(call));
  const { entries, next } = await pageOfNames((page) => registry.catalog(page), options, call).catch(
    (error: unknown) => {
      throw notServed(error, registry.host);
    },
  );
  return { repositories: entries, ...(next === undefined ? {} : { next }) };
}

/** A 404 here does not mean that something is missing. */
function notServed(error: unknown, host: string): unknown {
  if (!isEngineError(error) || error.code !== 'REFERENCE_NOT_FOUND') return error;
  return new EngineError('REGISTRY_UNSUPPORTED', `${host} does not list its repositories.`, {
    advice: 'Add its repositories by name.',
    facts: { host },
    cause: error,
  });
}
