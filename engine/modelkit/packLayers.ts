import pLimit from 'p-limit';
import { cleanPath } from '../archive/cleanPath.ts';
import type { IgnoreRules } from '../archive/ignoreRules.ts';
import { type LayerFacts, layerContent } from '../archive/layerContent.ts';
import type { LayerSource } from '../archive/layerSource.ts';
import { measureLayer } from '../archive/measureLayer.ts';
import { type TarOptions, tarBytes } from '../archive/tarBytes.ts';
import { throwIfCancelled } from '../errors.ts';
import type { LocatedEntry } from '../kitfile/parse.ts';
import type { Digest } from '../oci/digest.ts';
import { type LayerType, layerMediaType } from '../oci/mediaTypes.ts';
import type { LocalStore, SavedBlob } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { rawBytes } from './rawBytes.ts';

export type PackCompression = 'none' | 'gzip' | 'gzip-fastest';

/** A layer that was looked at, and not packed yet. */
export interface PlannedLayer {
  readonly entry: LocatedEntry;
  readonly source: LayerSource;
  /** Bytes of its files. */
  readonly bytes: number;
}

export interface SavedLayer extends SavedBlob {
  readonly entry: LocatedEntry;
  /** Cleaned. */
  readonly path: string;
  readonly mediaType: string;
  readonly diffId: Digest;
}

/** Layers at the same time: reading, hashing and compressing keep two cores busy. */
const CONCURRENCY = 2;

/**
 * Looks at every layer before the first is packed, and tells what each of them leaves out.
 * @param parentPaths layers of the parents: what they own is not packed again (spec 1.9)
 * @throws EngineError PATH_*, FILE_UNREADABLE, ARCHIVE_LIMIT, CANCELLED
 */
export async function planLayers(
  context: string,
  entries: readonly LocatedEntry[],
  parentPaths: readonly string[],
  ignore: IgnoreRules,
  { signal, onEvent }: Call,
): Promise<readonly PlannedLayer[]> {
  const otherPaths = [...entries.map(({ path }) => cleanPath(path)), ...parentPaths];
  const planned: PlannedLayer[] = [];
  for (const entry of entries) {
    const source: LayerSource = { context, path: cleanPath(entry.path), kind: entry.kind, otherPaths, ignore };
    const { files, bytes, warnings } = await measureLayer(source, signal);
    for (const { code, message } of warnings) onEvent?.({ type: 'warning', code, message });
    onEvent?.({ type: 'measured', what: entry.kind, path: source.path, files, bytes });
    planned.push({ entry, source, bytes });
  }
  return planned;
}

/**
 * Packs the layers into the store, two at a time, and reports them in their order. The first failure stops the others.
 * @param onSaved told of each blob at once, so that it can be taken back
 */
export async function packLayers(
  store: LocalStore,
  layers: readonly PlannedLayer[],
  compression: PackCompression,
  call: Call,
  onSaved: (blob: SavedBlob) => void,
): Promise<readonly SavedLayer[]> {
  const limit = pLimit(CONCURRENCY);
  const stop = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
  const failures: unknown[] = [];
  const saving = layers.map((layer) =>
    limit(async () => {
      if (signal.aborted) return undefined;
      return await saveLayer(store, layer, compression, { ...call, signal }, onSaved).catch((error: unknown) => {
        failures.push(error);
        stop.abort();
        return undefined;
      });
    }),
  );
  const saved: SavedLayer[] = [];
  for (const next of saving) {
    const layer = await next;
    if (layer) saved.push(layer);
    if (layer && failures.length === 0)
      call.onEvent?.({ type: 'saved', what: layer.entry.kind, digest: layer.digest, existed: layer.existed });
  }
  throwIfCancelled(call.signal);
  if (failures.length > 0) throw failures[0];
  return saved;
}

async function saveLayer(
  store: LocalStore,
  { entry, source, bytes }: PlannedLayer,
  compression: PackCompression,
  call: Call & { readonly signal: AbortSignal },
  onSaved: (blob: SavedBlob) => void,
): Promise<SavedLayer> {
  const { signal, onEvent } = call;
  const key = `${entry.section}/${entry.index}`;
  const onBytes = (done: number) =>
    onEvent?.({ type: 'progress', key, label: `${entry.kind} ${source.path}`, done, total: bytes });
  const content = contentOf(source, compression, { signal, onBytes });
  const expected = content.compression === 'none' ? { expectedBytes: bytes } : {};
  const blob = await store.addBlob(content.bytes, { signal, ...expected });
  onSaved(blob);
  const { format, compression: stored } = content;
  const mediaType = layerMediaType({ kind: entry.kind, format, compression: stored });
  return { ...blob, entry, path: source.path, mediaType, diffId: content.facts?.().diffId ?? blob.digest };
}

interface Content extends Omit<LayerType, 'kind'> {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where the diffId is another digest than that of the blob, which the store makes. */
  readonly facts?: () => LayerFacts;
}

/** MCP bundles are always raw (spec 2.7). */
function contentOf(source: LayerSource, compression: PackCompression, options: TarOptions): Content {
  if (source.kind === 'mcpb') return { bytes: rawBytes(source, options), format: 'raw', compression: 'none' };
  if (compression === 'none') return { bytes: tarBytes(source, options), format: 'tar', compression };
  const { bytes, facts } = layerContent(source, { compression, ...options });
  return { bytes, facts, format: 'tar', compression: 'gzip' };
}
