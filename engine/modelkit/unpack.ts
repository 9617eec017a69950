import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Extraction } from '../archive/extraction.ts';
import type { LayerExtraction } from '../archive/layerExtraction.ts';
import { isEngineError } from '../errors.ts';
import { displayReference, withDefaultTag } from '../oci/reference.ts';
import type { BlobStream } from '../store/store.ts';
import { CheckedContent } from '../store/verify.ts';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { parseFilter } from './filter.ts';
import { type FoundKit, findKit } from './findKit.ts';
import { needsKitfile } from './kitfileInPlace.ts';
import { withoutOtherFiles } from './otherFile.ts';
import { resolveParents } from './parents.ts';
import { rawFile } from './rawFile.ts';
import { singleReference } from './remoteReference.ts';
import { openTargetFolder, removingIfEmpty } from './targetFolder.ts';
import { labelOf } from './transferEvents.ts';
import { isModelPack, planUnpack, type WantedKit, type WantedLayer } from './unpackPlan.ts';

export interface UnpackOptions {
  /** Made when it is missing. */
  readonly folder: string;
  /** In kit's grammar, or file patterns (spec 6.2, 10.2); everything unless told. */
  readonly filters?: readonly string[];
  /** Replaces files that are there. */
  readonly overwrite?: boolean;
  /** Leaves files that are there; wins over `overwrite`. */
  readonly ignoreExisting?: boolean;
}

export interface UnpackResult {
  readonly digest: string;
  /** In display form. */
  readonly reference: string;
  /** Absolute. */
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that were there and stay. */
  readonly skipped: number;
  /** The ModelKits that its model comes from, nearest first, in display form. */
  readonly parents: readonly string[];
}

/**
 * Writes the files of a ModelKit, from the local store where it is there, else straight from the registry. Every layer is
 * checked against its digest before any of its files is seen (spec 6). After a failure or cancel the files that were new go
 * again: a folder that holds only some layers must not be taken for the whole.
 * @throws EngineError REFERENCE_*, NOT_A_MODELKIT, MANIFEST_INVALID, BLOB_*, ARCHIVE_*, TARGET_*, FORMAT_UNSUPPORTED,
 *   INPUT_INVALID for a filter, REGISTRY_*, NETWORK_*, DISK_FULL, PERMISSION_DENIED, CANCELLED
 */
export async function unpack(
  engine: Engine,
  reference: string,
  options: UnpackOptions,
  call: Call = {},
): Promise<UnpackResult> {
  const filters = (options.filters ?? []).map(parseFilter);
  const kit = await findKit(engine, withDefaultTag(singleReference(reference)), undefined, call);
  const name = displayReference(kit.reference);
  const parents = await resolveParents(engine, kit.kitfile, { reference: name, digest: kit.root.digest }, call);
  const plan = planUnpack(kit, parents, filters);
  const folder = await openTargetFolder(options.folder);
  const done = await removingIfEmpty(folder, async () =>
    extract(await withoutOtherFiles(plan, call), folder.path, options, call),
  );
  return {
    digest: kit.root.digest,
    reference: name,
    folder: folder.path,
    ...done,
    parents: parents.map((parent) => displayReference(parent.reference)),
  };
}

async function extract(
  plan: readonly WantedKit[],
  target: string,
  { overwrite = false, ignoreExisting = false }: UnpackOptions,
  call: Call,
): Promise<{ files: number; bytes: number; skipped: number }> {
  const { signal, onEvent } = call;
  const extraction = new Extraction({
    target,
    overwrite,
    ignoreExisting,
    links: plan.some(({ kit }) => isModelPack(kit)) ? 'skip' : 'refuse',
    ...(signal ? { signal } : {}),
    onWarning: (code, message) => onEvent?.({ type: 'warning', code, message }),
  });
  try {
    await checkBefore(extraction, plan, target, overwrite, call);
    for (const wanted of plan) await extractKit(extraction, wanted, target, overwrite, call);
    return await extraction.finish();
  } catch (error) {
    await extraction.abort();
    throw error;
  }
}

/**
 * Looks for what is in the way before anything is written, where that costs little: the Kitfile always, layers of a local
 * kit when they are uncompressed and the target holds something (bad-inputs D14).
 */
async function checkBefore(
  extraction: Extraction,
  plan: readonly WantedKit[],
  target: string,
  overwrite: boolean,
  { signal }: Call,
): Promise<void> {
  for (const { kitfile } of plan) if (kitfile !== undefined) await needsKitfile(target, kitfile, overwrite);
  if ((await readdir(target)).length === 0) return;
  for (const { kit, layers } of plan)
    for (const layer of layers)
      if (kit.where === 'local' && layer.type.compression === 'none')
        await checkedContent(kit, layer, signal, (bytes) => extraction.check(bytes, extractionOf(layer)));
}

async function extractKit(
  extraction: Extraction,
  { kit, kitfile, layers }: WantedKit,
  target: string,
  overwrite: boolean,
  call: Call,
): Promise<void> {
  tellRemoteData(kit, call);
  if (kitfile !== undefined && (await needsKitfile(target, kitfile, overwrite))) {
    call.onEvent?.({ type: 'unpacking', what: 'config', path: resolve(target, 'Kitfile') });
    await extraction.file('Kitfile', Buffer.from(kitfile), 0o644);
  }
  for (const layer of layers) await extractLayer(extraction, kit, layer, call);
}

async function extractLayer(
  extraction: Extraction,
  kit: FoundKit,
  layer: WantedLayer,
  { signal, onEvent }: Call,
): Promise<void> {
  const { node, entry, include } = layer;
  const name = entry.name === undefined ? {} : { name: entry.name };
  const tell = once(() => onEvent?.({ type: 'unpacking', what: entry.kind, ...name, path: entry.path }));
  if (!include) tell();
  const label = labelOf(node);
  const extract = () =>
    checkedContent(kit, layer, signal, (bytes) =>
      extraction.layer(bytes, {
        ...extractionOf(include ? { ...layer, include: telling(include, tell) } : layer),
        onBytes: (done) => onEvent?.({ type: 'progress', key: node.digest, label, done, total: node.size }),
      }),
    );
  await extract().catch(async (error: unknown) => {
    // They may have been wrong on the way only: one fresh try (bad-inputs C16).
    if (kit.where !== 'registry' || !isEngineError(error) || error.code !== 'BLOB_DIGEST_MISMATCH') throw error;
    await extract();
  });
}

/** Of a layer that is filtered by files, the first file that is wanted tells that it is unpacked. */
function telling(include: (path: string) => boolean, tell: () => void): (path: string) => boolean {
  return (path) => {
    const wanted = include(path);
    if (wanted) tell();
    return wanted;
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/**
 * Reads a layer and checks its bytes. Wrong bytes can look like a broken or unsafe archive before their end is reached: then
 * the digest has the say.
 */
async function checkedContent(
  kit: FoundKit,
  { node }: WantedLayer,
  signal: AbortSignal | undefined,
  use: (bytes: BlobStream) => Promise<void>,
): Promise<void> {
  const content = new CheckedContent(await kit.source.fetch(node, signal ? { signal } : {}), node, signal);
  try {
    await use(content.bytes());
  } catch (error) {
    if (isEngineError(error) && error.code.startsWith('ARCHIVE_')) await content.rest();
    throw error;
  } finally {
    await content.close();
  }
}

function extractionOf({ node, type, entry, include, below }: WantedLayer): LayerExtraction {
  return {
    type,
    label: `${entry.kind} layer ${entry.path || '.'}`,
    size: node.size,
    ...(include ? { include } : {}),
    ...(below === undefined ? {} : { below }),
    ...(type.format === 'raw' ? { rawFile: rawFile(node, entry.path) } : {}),
  };
}

/** What lies outside the ModelKit does not come with it (spec 6.6). */
function tellRemoteData({ kitfile }: FoundKit, { onEvent }: Call): void {
  for (const { name, remotePath } of kitfile.datasets ?? [])
    if (remotePath)
      onEvent?.({
        type: 'warning',
        code: 'FILE_SKIPPED',
        message: `The dataset ${name ?? ''} is kept at ${remotePath} and is not unpacked.`,
      });
}
