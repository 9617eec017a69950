import { readIgnoreRules } from '../archive/ignoreRules.ts';
import { EngineError, isEngineError, type WarningCode } from '../errors.ts';
import type { Kitfile } from '../kitfile/model.ts';
import { positionAt } from '../kitfile/position.ts';
import { assertNoErrors } from '../kitfile/usable.ts';
import type { LayerKind } from '../oci/mediaTypes.ts';
import { displayReference, repositoryName } from '../oci/reference.ts';
import type { LocalStore, SavedBlob } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { type CheckedKitfile, checkKitfile } from './check.ts';
import { createdAt } from './createdAt.ts';
import { type Engine, storeFor } from './engine.ts';
import { type PackCompression, packLayers, planLayers, type SavedLayer } from './packLayers.ts';
import { saveConfig, saveManifest } from './packManifest.ts';
import { type KitfileChoice, readPackSource } from './packSource.ts';
import { type PackTarget, packTarget } from './packTarget.ts';
import { parentPaths, resolveParents } from './parents.ts';

export interface PackOptions {
  /** A path relative to the folder (spec 1.1), or the text itself; the folder's Kitfile unless told. */
  readonly kitfile?: KitfileChoice;
  /** `repository:tag,tag`; without it the kit has no name and no tag. */
  readonly reference?: string;
  /** `none` unless told. */
  readonly compression?: PackCompression;
  /** The guide's dialect is refused, as kit does. */
  readonly strict?: boolean;
  /** Name and version of the program, for the manifest (spec 3.3). */
  readonly cliVersion: string;
  /** SOURCE_DATE_EPOCH: seconds since 1970; without it the manifest has no date, and packing twice gives one digest. */
  readonly sourceDateEpoch?: string;
}

export interface PackedLayer {
  readonly kind: LayerKind;
  readonly name?: string;
  /** Cleaned. */
  readonly path: string;
  readonly mediaType: string;
  readonly digest: string;
  readonly diffId: string;
  readonly size: number;
  readonly existed: boolean;
}

export interface PackResult {
  readonly digest: string;
  /** In display form; a digest where it has no name. */
  readonly reference: string;
  readonly tags: readonly string[];
  /** Bytes of all layers. */
  readonly size: number;
  readonly layers: readonly PackedLayer[];
  readonly configDigest: string;
}

/**
 * Packs a folder into the local store: one layer per entry of its Kitfile, with the digests that kit would give (spec 2, 3).
 * All layers are looked at before the first byte is written; after a failure or cancel the store is as it was.
 * @throws EngineError KITFILE_*, KITIGNORE_SYNTAX, PATH_*, FILE_*, REFERENCE_*, METADATA_TOO_LARGE, STORE_*, DISK_FULL,
 *   PERMISSION_DENIED, CANCELLED
 */
export async function pack(engine: Engine, folder: string, options: PackOptions, call: Call = {}): Promise<PackResult> {
  const target = packTarget(options.reference, call);
  const created = createdAt(options.sourceDateEpoch);
  const source = await readPackSource(folder, options.kitfile);
  const { home } = engine;
  const strict = options.strict ?? false;
  const checked = await checkKitfile(source.source, source.folder, { home, strict, ...source }, call);
  const kitfile = usableKitfile(checked, call);
  const store = storeFor(engine, call);
  await store.prepareForWriting();
  const parents = await resolveParents(engine, kitfile, { reference: displayReference(target.reference) }, call);
  const ignore = await readIgnoreRules(source.folder);
  const planned = await planLayers(source.folder, checked.entries, parentPaths(parents), ignore, call);
  return await takingBack(store, async (onSaved) => {
    const save = async () => {
      const layers = await packLayers(store, planned, options.compression ?? 'none', call, onSaved);
      const config = await saveConfig(store, kitfile, layers, call, onSaved);
      const repository = store.repository(repositoryName(target.reference));
      const parts = { config, layers, created, cliVersion: options.cliVersion, annotations: checked.annotations };
      const root = await saveManifest(repository, parts, target.tags, call);
      return packResult(target, root.digest, config.digest, layers);
    };
    // Another program may have collected a blob that was there before its manifest came (bad-inputs B11).
    return await save().catch((error: unknown) => (isBlobMissing(error) ? save() : Promise.reject(error)));
  });
}

function isBlobMissing(error: unknown): boolean {
  return isEngineError(error) && error.code === 'BLOB_MISSING';
}

/** Errors end the pack; the rest is told. */
function usableKitfile({ kitfile, problems, text }: CheckedKitfile, { onEvent }: Call): Kitfile {
  assertNoErrors(problems, text);
  if (!kitfile) throw new EngineError('INTERNAL', 'A Kitfile without errors could not be read.');
  for (const { code, severity, message, range } of problems) {
    if (severity !== 'warning') continue;
    const { line, column } = positionAt(text, range.start);
    onEvent?.({ type: 'warning', code: code as WarningCode, message: `Kitfile ${line}:${column}: ${message}` });
  }
  return kitfile;
}

/** After a failure the blobs that were new go again, unless somebody has named them meanwhile. */
async function takingBack<T>(store: LocalStore, work: (onSaved: (blob: SavedBlob) => void) => Promise<T>): Promise<T> {
  const created: string[] = [];
  try {
    return await work(({ digest, existed }) => {
      if (!existed) created.push(digest);
    });
  } catch (error) {
    await store.discard(created);
    throw error;
  }
}

function packResult(
  { reference, tags }: PackTarget,
  digest: string,
  configDigest: string,
  layers: readonly SavedLayer[],
): PackResult {
  const [tag] = tags;
  const { registry, repository } = reference;
  const named = { registry, repository, extraTags: [], ...(tag === undefined ? { digest } : { tag }) };
  return {
    digest,
    reference: displayReference(named),
    tags,
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers: layers.map(packedLayer),
    configDigest,
  };
}

function packedLayer({ entry, path, mediaType, digest, diffId, size, existed }: SavedLayer): PackedLayer {
  const name = entry.name === undefined ? {} : { name: entry.name };
  return { kind: entry.kind, ...name, path, mediaType, digest, diffId, size, existed };
}
