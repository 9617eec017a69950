import { isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { displayReference, isLocalOnly, type Reference, repositoryName, withDefaultTag } from '../oci/reference.ts';
import type { Registries } from '../registry/registries.ts';
import type { RemoteRepository } from '../registry/remoteRepository.ts';
import { copy } from '../store/copy.ts';
import type { Source, Target } from '../store/store.ts';
import type { Call } from './call.ts';
import { remoteReference, singleReference, tagOrDigest } from './remoteReference.ts';
import { type TransferCount, transferEvents } from './transferEvents.ts';
import { waiting } from './waiting.ts';

export interface PushResult {
  readonly digest: string;
  /** Where it is now, in display form. */
  readonly reference: string;
  /** What the tag named before, when that was something else (bad-inputs C26). */
  readonly previousDigest?: string;
  /** Bytes and blobs that were sent; blobs that were there already. */
  readonly bytes: number;
  readonly moved: number;
  readonly skipped: number;
}

export interface PushEngine {
  readonly registries: Registries;
  readonly store: { repository(name: string): Source };
}

/**
 * Uploads a ModelKit from the local store: what the registry has is skipped, the tag comes last (spec 5.4).
 * @param source looked up in its own local repository @param destination the source unless told
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, BLOB_*, REGISTRY_*, NETWORK_*, TLS_FAILED, CANCELLED
 */
export async function push(
  engine: PushEngine,
  source: string,
  destination?: string,
  call: Call = {},
): Promise<PushResult> {
  const from = withDefaultTag(singleReference(source));
  const to = withDefaultTag(remoteReference(destination ?? source, 'pushing'));
  const local = engine.store.repository(repositoryName(from));
  const remote = engine.registries.repository(to, { ...waiting(call), mountFrom: mountCandidates(from, to) });
  const root = await local.resolve(tagOrDigest(from), call.signal);
  call.onEvent?.({ type: 'pushing', from: displayReference(from), to: displayReference(to) });
  const previous = await currentDigest(remote, tagOrDigest(to), call.signal);
  const count: TransferCount = { bytes: 0, moved: 0, skipped: 0 };
  if (previous === root.digest) count.skipped += 1;
  else await send(engine, local, root, remote, to, count, call);
  const replaced = previous !== undefined && previous !== root.digest && to.digest === undefined;
  return {
    digest: root.digest,
    reference: displayReference(to),
    ...(replaced ? { previousDigest: previous } : {}),
    ...count,
  };
}

/** A manifest that names a blob which the registry does not have after all is sent once more, with all blobs (C26). */
async function send(
  engine: PushEngine,
  local: Source,
  root: Descriptor,
  remote: RemoteRepository,
  to: Reference,
  count: TransferCount,
  call: Call,
): Promise<void> {
  const options = {
    ...transferEvents(call, count),
    concurrency: engine.registries.concurrency,
    ...(call.signal ? { signal: call.signal } : {}),
  };
  const transfer = (target: Target) =>
    copy(local, root.digest, target, to.digest === undefined ? to.tag : undefined, options);
  await transfer(remote).catch(async (error: unknown) => {
    if (!isBlobUnknown(error)) throw error;
    await transfer(forgetful(remote));
  });
}

/** Another repository of the same registry, under whose name the ModelKit is known here (spec 5.5). */
function mountCandidates(from: Reference, to: Reference): readonly string[] {
  return !isLocalOnly(from) && from.registry === to.registry ? [from.repository] : [];
}

/** Undefined also where we may not read: whether we may write is found out next. */
async function currentDigest(
  remote: Source,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    return (await remote.resolve(reference, signal)).digest;
  } catch (error) {
    const unknown =
      isEngineError(error) && ['REFERENCE_NOT_FOUND', 'REGISTRY_DENIED', 'REGISTRY_REJECTED'].includes(error.code);
    if (unknown) return undefined;
    throw error;
  }
}

function isBlobUnknown(error: unknown): boolean {
  if (!isEngineError(error) || error.code !== 'REGISTRY_REJECTED') return false;
  const codes = error.facts.registryCodes;
  return Array.isArray(codes) && codes.some((code) => /BLOB_UNKNOWN/.test(code));
}

/** The same target, whose word on what it has is not taken. */
function forgetful(target: Target): Target {
  return {
    resolve: (reference, signal) => target.resolve(reference, signal),
    fetch: (node, options) => target.fetch(node, options),
    push: (node, open, options) => target.push(node, open, options),
    tag: (node, tag, signal) => target.tag(node, tag, signal),
    exists: () => Promise.resolve(false),
  };
}
