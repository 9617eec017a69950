import { isEngineError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { displayReference, parseReference, type Reference, repositoryName, withDefaultTag } from '../oci/reference.ts';
import type { LocalRepository } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { type Engine, storeFor } from './engine.ts';
import { notFound } from './findKit.ts';
import { tagOrDigest } from './remoteReference.ts';

export interface RemoveOptions {
  /** Removes the ModelKit with all its tags. */
  readonly force?: boolean;
}

/** One thing that is gone. */
export interface Removed {
  /** In display form. */
  readonly reference: string;
  readonly digest: string;
  /** True when only the tag went, and the ModelKit is there still. */
  readonly untagged: boolean;
}

/**
 * Removes a ModelKit from the local store: by digest, or with `force`, with all its tags; by tag only the tag while it has
 * others. Of several tags the first must be there; for the rest a failure is a warning (spec 4.4).
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, STORE_*, PERMISSION_DENIED
 */
export async function remove(
  engine: Engine,
  reference: string,
  { force = false }: RemoveOptions = {},
  call: Call = {},
): Promise<readonly Removed[]> {
  const wanted = withDefaultTag(parseReference(reference));
  const repository = storeFor(engine, call).repository(repositoryName(wanted));
  const removed = [await removeOne(repository, wanted, force, call)];
  const { registry, repository: name } = wanted;
  for (const tag of wanted.extraTags) {
    const more = await removeOne(repository, { registry, repository: name, tag, extraTags: [] }, force, call).catch(
      (error: unknown) => warn(error, `Failed to remove tag ${tag}`, call),
    );
    if (more) removed.push(more);
  }
  return removed;
}

async function removeOne(
  repository: LocalRepository,
  wanted: Reference,
  force: boolean,
  { signal }: Call,
): Promise<Removed> {
  const reference = displayReference(wanted);
  const { digest } = await repository.resolve(tagOrDigest(wanted)).catch((error: unknown) => {
    throw notFound(error, wanted);
  });
  const tags = await tagsOf(repository, digest);
  const untagged = wanted.tag !== undefined && !force && tags.length > 1;
  if (untagged) await repository.untag(wanted.tag, signal);
  else await repository.remove(digest, signal);
  return { reference, digest, untagged };
}

async function tagsOf(repository: LocalRepository, digest: Digest): Promise<readonly string[]> {
  return (await repository.list()).find(({ node }) => node.digest === digest)?.tags ?? [];
}

/** Goes on after a failure; a cancel and a store that cannot be written end everything. */
export function warn(error: unknown, what: string, { onEvent }: Call): undefined {
  if (!isEngineError(error) || ['CANCELLED', 'PERMISSION_DENIED', 'STORE_LOCKED'].includes(error.code)) throw error;
  onEvent?.({ type: 'warning', code: 'FILE_SKIPPED', message: `${what}: ${error.message}` });
}
