import pLimit from 'p-limit';
import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import { MAX_METADATA_BYTES, parseManifest } from '../oci/manifest.ts';
import { DOCKER_MANIFEST, OCI_MANIFEST } from '../oci/mediaTypes.ts';
import type { BlobStream, Source, Target } from './store.ts';

export interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Blobs at the same time; 5 unless told. */
  readonly concurrency?: number;
  /** Before a node is sent. */
  readonly onNode?: (node: Descriptor) => void;
  /** Bytes of a node that have arrived so far. */
  readonly onBytes?: (node: Descriptor, done: number) => void;
  /** A node that the target has already. */
  readonly onSkip?: (node: Descriptor) => void;
}

const DEFAULT_CONCURRENCY = 5;

/**
 * Copies what a reference names from one repository to another: blobs first, then the manifest, then the tag, so that the
 * target never shows a ModelKit that is not whole. What is there already is not sent again.
 * @param reference tag or digest in the source @param newReference tag in the target; undefined sets none
 * @throws EngineError what source and target throw; BLOB_DIGEST_MISMATCH and MANIFEST_INVALID for the manifest
 */
export async function copy(
  source: Source,
  reference: string,
  target: Target,
  newReference: string | undefined,
  options: CopyOptions = {},
): Promise<Descriptor> {
  const root = await source.resolve(reference, options.signal);
  await copyGraph(source, root, target, options);
  if (newReference !== undefined) await target.tag(root, newReference, options.signal);
  return root;
}

/** A manifest and all that it names; a tag is not set. */
export async function copyGraph(
  source: Source,
  root: Descriptor,
  target: Target,
  options: CopyOptions = {},
): Promise<void> {
  if (await target.exists(root, options.signal)) return options.onSkip?.(root);
  const manifest = await readManifest(source, root, options.signal);
  await copyBlobs(source, childrenOf(root, manifest), target, options);
  throwIfCancelled(options.signal);
  await pushNode(root, (offset) => Promise.resolve(oneChunk(manifest.subarray(offset))), target, options);
}

function childrenOf(root: Descriptor, manifest: Uint8Array): readonly Descriptor[] {
  if (root.mediaType !== OCI_MANIFEST && root.mediaType !== DOCKER_MANIFEST)
    throw new EngineError('NOT_A_MODELKIT', 'It is an image index, not a ModelKit.', {
      advice: 'Name one manifest of it by its digest.',
      facts: { mediaType: root.mediaType },
    });
  const { config, layers } = parseManifest(manifest);
  const byDigest = new Map([config, ...layers].map((node) => [node.digest, node]));
  return [...byDigest.values()];
}

/** The first failure stops the others, and is the one that is reported. */
async function copyBlobs(
  source: Source,
  nodes: readonly Descriptor[],
  target: Target,
  options: CopyOptions,
): Promise<void> {
  const limit = pLimit(options.concurrency ?? DEFAULT_CONCURRENCY);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  let failure: unknown;
  const copyOne = async (node: Descriptor) => {
    if (signal.aborted) return;
    try {
      await copyBlob(source, node, target, { ...options, signal });
    } catch (error) {
      failure ??= error;
      stop.abort();
    }
  };
  await Promise.all(nodes.map((node) => limit(copyOne, node)));
  throwIfCancelled(options.signal);
  if (failure !== undefined) throw failure;
}

async function copyBlob(source: Source, node: Descriptor, target: Target, options: CopyOptions): Promise<void> {
  const { signal } = options;
  if (await target.exists(node, signal)) return options.onSkip?.(node);
  await pushNode(
    node,
    (offset) => source.fetch(node, { offset, reuseBuffers: true, ...(signal ? { signal } : {}) }),
    target,
    options,
  );
}

async function pushNode(
  node: Descriptor,
  open: (offset: number) => Promise<BlobStream>,
  target: Target,
  { signal, onNode, onBytes }: CopyOptions,
): Promise<void> {
  onNode?.(node);
  await target.push(node, open, {
    ...(signal ? { signal } : {}),
    ...(onBytes ? { onBytes: (done) => onBytes(node, done) } : {}),
  });
}

/** Reads a manifest whole and checks it: what it names is decided by bytes that are right. */
async function readManifest(source: Source, node: Descriptor, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await source.fetch(node, signal ? { signal } : {})) {
    size += chunk.byteLength;
    if (size > MAX_METADATA_BYTES) break;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (size === node.size && digestHasher(node.digest).update(bytes).digest('hex') === digestHex(node.digest))
    return bytes;
  throw new EngineError('BLOB_DIGEST_MISMATCH', `The manifest is not what its digest ${node.digest} says.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest: node.digest },
  });
}

async function* oneChunk(bytes: Uint8Array): BlobStream {
  yield bytes;
}
