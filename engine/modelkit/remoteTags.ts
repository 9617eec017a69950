import type { Registries } from '../registry/registries.ts';
import type { Call } from './call.ts';
import { type PageOptions, pageOfNames } from './pageOfNames.ts';
import { remoteReference } from './remoteReference.ts';
import { waiting } from './waiting.ts';

export interface TagsPage {
  readonly tags: readonly string[];
  /** Hand it back as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/**
 * One page of the tags of a repository in a registry; what they name is not read.
 * @param repository `registry/repository`
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, REGISTRY_*, NETWORK_*, TLS_FAILED, CANCELLED
 */
export async function remoteTags(
  { registries }: { readonly registries: Registries },
  repository: string,
  options: PageOptions = {},
  call: Call = {},
): Promise<TagsPage> {
  const remote = registries.repository(remoteReference(repository, 'listing a registry'), waiting(call));
  const { entries, next } = await pageOfNames((page) => remote.tagsPage(page), options, call);
  return { tags: entries, ...(next === undefined ? {} : { next }) };
}
