import type { Descriptor } from './descriptor.ts';

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
