import { EngineError } from '../errors.ts';
import type { Descriptor } from './descriptor.ts';
import { isDigest } from './digest.ts';
import { KITOPS_ARTIFACT, KITOPS_CONFIG, MODELPACK_ARTIFACT, MODELPACK_CONFIG } from './mediaTypes.ts';

/** An OCI image manifest; `layers` is never null here, although kit writes null for an empty kit (spec 3.1). */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Manifests, indexes and configs larger than this are refused: 4 MiB, as the distribution-spec asks. */
export const MAX_METADATA_BYTES = 4 * 1024 * 1024;
const MAX_LAYERS = 10_000;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an image manifest (bad-inputs C27). `data` is ignored and `urls` are never fetched.
 * @throws EngineError MANIFEST_INVALID, METADATA_TOO_LARGE, NOT_A_MODELKIT for an index
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.byteLength > MAX_METADATA_BYTES)
    throw new EngineError('METADATA_TOO_LARGE', 'A manifest is larger than 4 MiB.', { advice: 'It is no ModelKit.' });
  const json = parseJson(bytes);
  if (Array.isArray(json.manifests)) throw notAModelKit('an image index');
  if (json.schemaVersion !== 2) throw invalid('schemaVersion is not 2');
  const layers = json.layers ?? [];
  if (!Array.isArray(layers)) throw invalid('layers is no list');
  if (layers.length > MAX_LAYERS) throw invalid(`it has more than ${MAX_LAYERS} layers`);
  return {
    schemaVersion: 2,
    ...(typeof json.mediaType === 'string' ? { mediaType: json.mediaType } : {}),
    ...(typeof json.artifactType === 'string' ? { artifactType: json.artifactType } : {}),
    config: parseDescriptor(json.config, 'config'),
    layers: layers.map((layer, index) => parseDescriptor(layer, `layer ${index + 1}`)),
    ...(json.annotations === undefined || json.annotations === null
      ? {}
      : { annotations: strings(json.annotations, 'annotations') }),
  };
}

function parseJson(bytes: Uint8Array): Json {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (isObject(value)) return value;
  } catch (error) {
    throw invalid('it is not JSON', error);
  }
  throw invalid('it is no JSON object');
}

function parseDescriptor(value: unknown, where: string): Descriptor {
  if (!isObject(value)) throw invalid(`${where} is no descriptor`);
  const { mediaType, digest, size } = value;
  if (typeof mediaType !== 'string') throw invalid(`${where} has no media type`);
  if (typeof digest !== 'string' || !isDigest(digest)) throw invalid(`${where} has no digest`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw invalid(`${where} has no usable size`);
  return {
    mediaType,
    digest,
    size,
    ...(isObject(value.annotations) ? { annotations: strings(value.annotations, where) } : {}),
  };
}

function strings(value: unknown, where: string): Readonly<Record<string, string>> {
  if (!isObject(value)) throw invalid(`${where} is no map`);
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(why: string, cause?: unknown): EngineError {
  return new EngineError('MANIFEST_INVALID', `The manifest is malformed: ${why}.`, {
    advice: 'Pack and push the ModelKit again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

const MODELKIT_TYPES: readonly (string | undefined)[] = [
  KITOPS_CONFIG,
  KITOPS_ARTIFACT,
  MODELPACK_CONFIG,
  MODELPACK_ARTIFACT,
];

/** True for a ModelKit of kit or a ModelPack, by artifact type or the type of the config (spec 3.2). */
export function isModelKit({ artifactType, config }: Manifest): boolean {
  return MODELKIT_TYPES.includes(artifactType) || MODELKIT_TYPES.includes(config.mediaType);
}

/** @throws EngineError NOT_A_MODELKIT that says what it is (bad-inputs C28) */
export function assertModelKit(manifest: Manifest, reference: string): void {
  if (!isModelKit(manifest)) throw notAModelKit(kindOf(manifest), reference);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/vnd\.docker\.container\.image|vnd\.oci\.image\.config/, 'a container image'],
  [/vnd\.cncf\.helm/, 'a Helm chart'],
  [/cosign|sigstore|notary/, 'a signature'],
  [/vnd\.oci\.empty/, 'an artifact of another kind'],
];

function kindOf({ artifactType, config }: Manifest): string {
  const type = `${artifactType ?? ''} ${config.mediaType}`;
  const known = KINDS.find(([pattern]) => pattern.test(type))?.[1];
  return known ?? `an artifact of the type ${(artifactType ?? config.mediaType).slice(0, 100)}`;
}

function notAModelKit(kind: string, reference?: string): EngineError {
  return new EngineError('NOT_A_MODELKIT', `${reference ?? 'It'} is ${kind}, not a ModelKit.`, {
    advice: 'Use the program that made it.',
    facts: { kind, ...(reference === undefined ? {} : { reference }) },
  });
}
