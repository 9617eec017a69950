import { EngineError, isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { assertModelKit, type Manifest, parseManifest } from '../oci/manifest.ts';
import { OCI_MANIFEST } from '../oci/mediaTypes.ts';
import {
  displayReference,
  isLocalOnly,
  parseReference,
  type Reference,
  repositoryName,
  withDefaultTag,
} from '../oci/reference.ts';
import type { Registries } from '../registry/registries.ts';
import { copy } from '../store/copy.ts';
import { isLostConnection } from '../store/receiveBlob.ts';
import type { Source, Target } from '../store/store.ts';
import type { StoreHooks } from '../store/storeHooks.ts';
import { isSound } from '../store/verify.ts';
import type { Call } from './call.ts';
import { checkChain } from './chain.ts';
import { parentReference } from './parentReference.ts';
import { readMetadata } from './readMetadata.ts';
import { remoteReference, tagOrDigest } from './remoteReference.ts';
import { type TransferCount, transferEvents } from './transferEvents.ts';
import { storeHooks, waiting } from './waiting.ts';

export interface PulledKit {
  readonly digest: string;
  /** In display form. */
  readonly reference: string;
}

export interface PullResult extends PulledKit {
  /** Bytes and blobs that were received; blobs that were there already. */
  readonly bytes: number;
  readonly moved: number;
  readonly skipped: number;
  /** The ModelKits that its model comes from, nearest first (spec 1.9). */
  readonly parents: readonly PulledKit[];
}

export interface PullEngine {
  readonly registries: Registries;
  readonly store: {
    repository(name: string, hooks?: StoreHooks): Target;
    /** Takes back blobs that no manifest names. */
    discard(digests: readonly string[]): Promise<void>;
  };
}

/**
 * Downloads a ModelKit into the local store, and those that its model refers to, each into its own repository (spec 5.6).
 * A digest leaves no tag.
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, REFERENCE_CHAIN, NOT_A_MODELKIT, MANIFEST_INVALID, BLOB_*,
 *   REGISTRY_*, NETWORK_*, TLS_FAILED, DISK_FULL, CANCELLED
 */
export async function pull(engine: PullEngine, reference: string, call: Call = {}): Promise<PullResult> {
  const count: TransferCount = { bytes: 0, moved: 0, skipped: 0 };
  const chain: PulledKit[] = [];
  let next: Reference | undefined = remoteReference(reference, 'pulling');
  while (next) {
    const wanted: Reference = withDefaultTag(next);
    checkChain(chain, { reference: displayReference(wanted) });
    const { kit, parent } = await pullOne(engine, wanted, count, call);
    checkChain(chain, kit);
    chain.push(kit);
    next = parent === undefined ? undefined : parseReference(parent);
  }
  const [own, ...parents] = chain;
  if (!own) throw new EngineError('INTERNAL', 'Nothing was pulled.');
  return { ...own, ...count, parents };
}

/** A parent without a registry can only be in the local store, and is not looked for elsewhere. */
async function pullOne(
  engine: PullEngine,
  reference: Reference,
  count: TransferCount,
  call: Call,
): Promise<{ kit: PulledKit; parent: string | undefined }> {
  const local = engine.store.repository(repositoryName(reference), storeHooks(call));
  const source = isLocalOnly(reference) ? local : engine.registries.repository(reference, waiting(call));
  const { root, manifest } = await readKit(source, reference, call.signal);
  const kit = { digest: root.digest, reference: displayReference(reference) };
  if (source !== local) await receive(engine, source, { root, manifest }, local, reference, count, call);
  const config = await readMetadata(local, manifest.config, call.signal);
  return { kit, parent: parentReference(config) };
}

/**
 * After a lost connection what has arrived stays for the next try; after anything else, a cancel or a full disk above all,
 * the store is as it was (bad-inputs F5, B7).
 */
async function receive(
  engine: PullEngine,
  source: Source,
  kit: { readonly root: Descriptor; readonly manifest: Manifest },
  local: Target,
  { tag, digest }: Reference,
  count: TransferCount,
  call: Call,
): Promise<void> {
  const received: string[] = [];
  const target = withFreshTry(noting(received, distrusting(local, kit.root, kit.manifest)));
  try {
    await copy(source, kit.root.digest, target, digest === undefined ? tag : undefined, {
      ...transferEvents(call, count),
      concurrency: engine.registries.concurrency,
      ...(call.signal ? { signal: call.signal } : {}),
    });
  } catch (error) {
    if (!isLostConnection(error)) await engine.store.discard(received);
    throw error;
  }
}

/** The same target, noting the blobs that were not there before. */
function noting(received: string[], target: Target): Target {
  return {
    resolve: (reference, signal) => target.resolve(reference, signal),
    fetch: (node, options) => target.fetch(node, options),
    exists: (node, signal) => target.exists(node, signal),
    tag: (node, tag, signal) => target.tag(node, tag, signal),
    async push(node, open, options) {
      await target.push(node, open, options);
      received.push(node.digest);
    },
  };
}

/** Only a ModelKit gets into the local store: kit cannot list a store with anything else in it (spec 4.3). */
async function readKit(
  source: Source,
  reference: Reference,
  signal: AbortSignal | undefined,
): Promise<{ root: Descriptor; manifest: Manifest }> {
  const name = displayReference(reference);
  const root = await source.resolve(tagOrDigest(reference), signal);
  if (root.mediaType !== OCI_MANIFEST)
    throw new EngineError('NOT_A_MODELKIT', `${name} is no image manifest (${root.mediaType}), so it is no ModelKit.`, {
      advice: 'Use the program that made it.',
      facts: { reference: name, mediaType: root.mediaType },
    });
  const manifest = parseManifest(await readMetadata(source, root, signal));
  assertModelKit(manifest, name);
  return { root, manifest };
}

/**
 * What is here counts only when its bytes are right, so that pulling again repairs what is damaged (bad-inputs B4). Other
 * programs, and a power cut, leave blobs of the right size with wrong bytes.
 */
function distrusting(target: Target, root: Descriptor, { config, layers }: Manifest): Target {
  const isRight = async (node: Descriptor, signal?: AbortSignal): Promise<boolean> => {
    const options = { reuseBuffers: true, ...(signal ? { signal } : {}) };
    return (await target.exists(node, signal)) && (await isSound(() => target.fetch(node, options), node, signal));
  };
  const isWhole = async (signal?: AbortSignal): Promise<boolean> => {
    if (!(await target.exists(root, signal))) return false;
    for (const node of [config, ...layers]) if (!(await isRight(node, signal))) return false;
    return true;
  };
  return {
    resolve: (reference, signal) => target.resolve(reference, signal),
    fetch: (node, options) => target.fetch(node, options),
    push: (node, open, options) => target.push(node, open, options),
    tag: (node, tag, signal) => target.tag(node, tag, signal),
    exists: (node, signal) => (node.digest === root.digest ? isWhole(signal) : isRight(node, signal)),
  };
}

/** Wrong bytes may have been wrong on the way only: such a blob is asked for once more (bad-inputs C16, C18). */
function withFreshTry(target: Target): Target {
  return {
    resolve: (reference, signal) => target.resolve(reference, signal),
    fetch: (node, options) => target.fetch(node, options),
    exists: (node, signal) => target.exists(node, signal),
    tag: (node, tag, signal) => target.tag(node, tag, signal),
    push: (node, open, options) =>
      target.push(node, open, options).catch(async (error: unknown) => {
        if (!isEngineError(error) || error.code !== 'BLOB_DIGEST_MISMATCH') throw error;
        await target.push(node, open, options);
      }),
  };
}
