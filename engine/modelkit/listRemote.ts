import pLimit from 'p-limit';
import { EngineError, isEngineError } from '../errors.ts';
import { isModelKit, parseManifest } from '../oci/manifest.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import type { Registries } from '../registry/registries.ts';
import type { RemoteRepository } from '../registry/remoteRepository.ts';
import type { Call } from './call.ts';
import { type ListEntry, listEntry } from './listEntry.ts';
import { readMetadata } from './readMetadata.ts';
import { remoteReference } from './remoteReference.ts';
import { waiting } from './waiting.ts';

/**
 * The ModelKits of one repository in a registry, one entry per tag as in kit, or the one that a tag or digest names.
 * Everything that is no ModelKit is left out (spec 5.7).
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, REGISTRY_*, NETWORK_*, TLS_FAILED, CANCELLED
 */
export async function listRemote(
  { registries }: { readonly registries: Registries },
  repository: string,
  call: Call = {},
): Promise<readonly ListEntry[]> {
  assertNoHost(repository);
  const reference = remoteReference(repository, 'listing a registry');
  const remote = registries.repository(reference, waiting(call));
  const named = reference.digest ?? reference.tag;
  if (named !== undefined) return present([await entryOf(remote, reference.repository, named, call)]);
  const limit = pLimit(registries.concurrency);
  const entries: (ListEntry | undefined)[] = [];
  for await (const tags of remote.tags(call.signal)) {
    const page = tags.map((tag) => limit(() => removedMeanwhile(entryOf(remote, reference.repository, tag, call))));
    entries.push(...(await Promise.all(page)));
  }
  return present(entries);
}

/** A name with dots or a port, or this machine, and nothing after it. */
const HOST_ALONE = /^(?:localhost|[\w-]+(?:\.[\w-]+)+|\[[0-9a-f:.]+\]|[\w-]+(?=:\d{4}))(?::\d{1,5})?\/?$/i;

/** The repositories of a registry are not listed: kit cannot, and many registries do not tell (spec 5.7). */
function assertNoHost(text: string): void {
  if (!HOST_ALONE.test(text)) return;
  const host = text.replace(/\/$/, '');
  throw new EngineError('REFERENCE_INVALID', `${host} names a registry, and no repository in it.`, {
    advice: `Add one, such as ${host}/team/model; without an argument, the local store is listed.`,
    facts: { host },
  });
}

async function entryOf(remote: RemoteRepository, repository: string, reference: string, { signal }: Call) {
  const root = await remote.resolve(reference, signal);
  if (root.mediaType !== OCI_MANIFEST) return undefined;
  const manifest = parseManifest(await readMetadata(remote, root, signal));
  if (!isModelKit(manifest)) return undefined;
  const config = await readMetadata(remote, manifest.config, signal);
  return listEntry(repository, root.digest, reference.includes(':') ? [] : [reference], manifest, config);
}

/** A tag that goes while we list, or names something malformed, is no reason to show nothing. */
async function removedMeanwhile(entry: Promise<ListEntry | undefined>): Promise<ListEntry | undefined> {
  try {
    return await entry;
  } catch (error) {
    const passing = ['REFERENCE_NOT_FOUND', 'BLOB_MISSING', 'MANIFEST_INVALID', 'METADATA_TOO_LARGE', 'NOT_A_MODELKIT'];
    if (isEngineError(error) && passing.includes(error.code)) return undefined;
    throw error;
  }
}

function present(entries: readonly (ListEntry | undefined)[]): readonly ListEntry[] {
  return entries.filter((entry) => entry !== undefined);
}
