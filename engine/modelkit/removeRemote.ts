import pLimit from 'p-limit';
import { EngineError, isEngineError } from '../errors.ts';
import { displayReference, type Reference, withDefaultTag } from '../oci/reference.ts';
import type { Registries } from '../registry/registries.ts';
import type { RemoteRepository } from '../registry/remoteRepository.ts';
import type { Call } from './call.ts';
import { remoteReference, tagOrDigest } from './remoteReference.ts';
import { waiting } from './waiting.ts';

export interface RemoveRemoteResult {
  /** In display form. */
  readonly reference: string;
  readonly digest: string;
  /** True when only the tag is gone, and the ModelKit is there still. */
  readonly untagged: boolean;
}

/**
 * Removes a ModelKit from a registry: by digest with all its tags, by tag that tag only. A registry that cannot delete tags
 * loses the whole ModelKit where no other tag names it; else nothing is done (spec 5.7).
 * @throws EngineError REGISTRY_UNSUPPORTED, REFERENCE_NOT_FOUND, REFERENCE_INVALID, REGISTRY_*, NETWORK_*
 */
export async function removeRemote(
  { registries }: { readonly registries: Registries },
  reference: string,
  call: Call = {},
): Promise<RemoveRemoteResult> {
  const wanted = withDefaultTag(remoteReference(reference, 'removing from a registry'));
  const remote = registries.repository(wanted, waiting(call));
  const { digest } = await remote.resolve(tagOrDigest(wanted), call.signal);
  const untagged = wanted.digest === undefined && (await deleteTag(remote, wanted, call));
  if (!untagged) await deleteWhole(registries, remote, wanted, digest, call);
  return { reference: displayReference(wanted), digest, untagged };
}

/** @returns false where the registry cannot delete a tag: some answer 400, some 405 */
async function deleteTag(remote: RemoteRepository, wanted: Reference, { signal }: Call): Promise<boolean> {
  try {
    await remote.deleteManifest(tagOrDigest(wanted), signal);
    return true;
  } catch (error) {
    const cannot = isEngineError(error) && (error.code === 'REGISTRY_UNSUPPORTED' || error.facts.status === 400);
    if (cannot) return false;
    throw error;
  }
}

async function deleteWhole(
  registries: Registries,
  remote: RemoteRepository,
  wanted: Reference,
  digest: string,
  call: Call,
): Promise<void> {
  if (wanted.digest === undefined) {
    const others = await otherTags(registries, remote, tagOrDigest(wanted), digest, call);
    if (others.length > 0) throw sharedDigest(wanted, digest, others);
  }
  await remote.deleteManifest(digest, call.signal).catch((error: unknown) => {
    if (!isEngineError(error) || error.code !== 'REGISTRY_UNSUPPORTED') throw error;
    throw new EngineError('REGISTRY_UNSUPPORTED', `removing models is unsupported by registry ${wanted.registry}`, {
      advice: 'Remove it on the web page of the registry, or ask its operator to allow deletion.',
      facts: { ...error.facts },
      cause: error,
    });
  });
}

async function otherTags(
  registries: Registries,
  remote: RemoteRepository,
  tag: string,
  digest: string,
  { signal }: Call,
): Promise<readonly string[]> {
  const limit = pLimit(registries.concurrency);
  const same: string[] = [];
  for await (const page of remote.tags(signal)) {
    const check = async (other: string) => {
      if ((await remote.resolve(other, signal)).digest === digest) same.push(other);
    };
    await Promise.all(page.filter((other) => other !== tag).map((other) => limit(check, other)));
  }
  return same.sort();
}

function sharedDigest({ registry, repository }: Reference, digest: string, others: readonly string[]): EngineError {
  const names = others.slice(0, 10).join(', ');
  return new EngineError(
    'REGISTRY_UNSUPPORTED',
    `${registry} cannot remove a tag alone, and this ModelKit is also tagged ${names}.`,
    {
      advice: `To remove it with all its tags, name ${registry}/${repository}@${digest}.`,
      facts: { digest, tags: others },
    },
  );
}
