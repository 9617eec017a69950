/** Media types and annotations of ModelKits: spec sections 2.1, 3.1 and 9.1. */

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
export const DOCKER_INDEX = 'application/vnd.docker.distribution.manifest.list.v2+json';

export const KITOPS_CONFIG = 'application/vnd.kitops.modelkit.config.v1+json';
export const KITOPS_ARTIFACT = 'application/vnd.kitops.modelkit.manifest.v1+json';
export const MODELPACK_CONFIG = 'application/vnd.cncf.model.config.v1+json';
export const MODELPACK_ARTIFACT = 'application/vnd.cncf.model.manifest.v1+json';

export const ANNOTATION_CLI_VERSION = 'ml.kitops.modelkit.cli-version';
export const ANNOTATION_LAYER_SUBTYPE = 'ml.kitops.modelkit.layer-subtype';
export const ANNOTATION_KITFILE = 'ml.kitops.modelkit.kitfile';
export const ANNOTATION_FILEPATH = 'org.cncf.model.filepath';
export const ANNOTATION_FILE_METADATA = 'org.cncf.model.file.metadata+json';
export const ANNOTATION_CREATED = 'org.opencontainers.image.created';
/** What a layer of ours was called in the guide's dialect, such as `config` (spec 10.1 row 12). */
export const ANNOTATION_DIALECT_SECTION = 'vnd.modelkit.section';
/** The entry's dialect name (spec 10.1 row 11). */
export const ANNOTATION_DIALECT_NAME = 'vnd.modelkit.name';

export type LayerKind = 'model' | 'modelpart' | 'code' | 'dataset' | 'docs' | 'prompt' | 'mcpb';
export type LayerFormat = 'tar' | 'raw';
export type Compression = 'none' | 'gzip' | 'zstd';

export interface LayerType {
  readonly kind: LayerKind;
  readonly format: LayerFormat;
  readonly compression: Compression;
}

const KITOPS_LAYER =
  /^application\/vnd\.kitops\.modelkit\.(model|modelpart|code|dataset|docs|mcpb)\.v1\.(tar|raw)(?:\+(gzip|zstd))?$/;
const MODELPACK_LAYER =
  /^application\/vnd\.(?:cncf|cnai)\.model\.(weight|weight\.config|doc|code|dataset)\.v1\.(tar|raw)(?:\+(gzip|zstd))?$/;
const MODELPACK_KINDS: Readonly<Record<string, LayerKind>> = {
  weight: 'model',
  'weight.config': 'modelpart',
  doc: 'docs',
  code: 'code',
  dataset: 'dataset',
};

/** Reads a layer's media type; undefined for one that is no ModelKit layer. The prompt kind is told by an annotation. */
export function parseLayerType(
  mediaType: string,
  annotations?: Readonly<Record<string, string>>,
): LayerType | undefined {
  const kitops = KITOPS_LAYER.exec(mediaType);
  const match = kitops ?? MODELPACK_LAYER.exec(mediaType);
  if (!match) return undefined;
  const [, name = '', format, compression] = match;
  const kind = kitops ? (name as LayerKind) : MODELPACK_KINDS[name];
  if (!kind) return undefined;
  const prompt = kind === 'code' && annotations?.[ANNOTATION_LAYER_SUBTYPE] === 'prompt';
  return {
    kind: prompt ? 'prompt' : kind,
    format: format as LayerFormat,
    compression: (compression ?? 'none') as Compression,
  };
}

/** The KitOps media type of a layer. A prompt has the code type (spec 2.1). */
export function layerMediaType(type: LayerType): string {
  const name = type.kind === 'prompt' ? 'code' : type.kind;
  const suffix = type.compression === 'none' ? '' : `+${type.compression}`;
  return `application/vnd.kitops.modelkit.${name}.v1.${type.format}${suffix}`;
}
