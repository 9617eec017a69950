import type { Descriptor } from '../oci/descriptor.ts';
import { ANNOTATION_CLI_VERSION, ANNOTATION_CREATED, ANNOTATION_FILEPATH, KITOPS_ARTIFACT } from '../oci/mediaTypes.ts';
import { goJson } from './goJson.ts';

export interface ManifestParts {
  readonly config: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;
  readonly layers: readonly ManifestLayer[];
  readonly cliVersion: string;
  /** RFC 3339, in UTC, to the second. */
  readonly created?: string;
  /** Further annotations of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ManifestLayer extends Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {
  /** The cleaned path of the layer. */
  readonly path: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** `kit-1.7` has neither artifact type nor layer annotations (spec 3.1). */
export type ManifestShape = 'current' | 'kit-1.7';

/** The manifest of a packed kit, byte for byte as kit writes it: compact, in this order, null for no layers (spec 3.1, 3.3). */
export function manifestBytes(parts: ManifestParts, shape: ManifestShape = 'current'): Buffer {
  const current = shape === 'current';
  const layers = parts.layers.map((layer) => ({
    ...descriptor(layer),
    ...(current ? { annotations: sorted({ ...layer.annotations, [ANNOTATION_FILEPATH]: layer.path }) } : {}),
  }));
  const annotations = {
    ...(current ? parts.annotations : {}),
    [ANNOTATION_CLI_VERSION]: parts.cliVersion,
    ...(parts.created === undefined ? {} : { [ANNOTATION_CREATED]: parts.created }),
  };
  return Buffer.from(
    goJson({
      schemaVersion: 2,
      ...(current ? { artifactType: KITOPS_ARTIFACT } : {}),
      config: descriptor(parts.config),
      layers: layers.length > 0 ? layers : null,
      annotations: sorted(annotations),
    }),
  );
}

function descriptor({ mediaType, digest, size }: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>) {
  return { mediaType, digest, size };
}

function sorted(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
}
