import type { Manifest } from '../oci/manifest.ts';
import { ANNOTATION_KITFILE } from '../oci/mediaTypes.ts';

/** One ModelKit in a listing (spec 8.2). */
export interface ListEntry {
  /** Without the registry for one in a registry; in display form for a local one, empty for one without a name. */
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
  /** `package.name`; empty when there is none. */
  readonly name: string;
  /** The first of `package.authors`; empty when there is none. */
  readonly author: string;
  /** Bytes of all layers. */
  readonly size: number;
  readonly layerCount: number;
  /** Something of it is missing or damaged: pulling or packing it again completes it (bad-inputs B5). */
  readonly incomplete?: boolean;
}

/** What the manifest and its config say about a ModelKit; a config that cannot be read has neither name nor author. */
export function listEntry(
  repository: string,
  digest: string,
  tags: readonly string[],
  manifest: Manifest,
  config: Uint8Array,
): ListEntry {
  return {
    repository,
    digest,
    tags,
    ...packageOf(manifest.annotations?.[ANNOTATION_KITFILE] ?? Buffer.from(config).toString()),
    size: manifest.layers.reduce((sum, { size }) => sum + size, 0),
    layerCount: manifest.layers.length,
  };
}

/** A ModelPack keeps its Kitfile in an annotation (spec 9.2). */
function packageOf(kitfile: string): { name: string; author: string } {
  try {
    const value = JSON.parse(kitfile) as {
      package?: { name?: unknown; authors?: unknown };
    } | null;
    const { name, authors } = value?.package ?? {};
    const author: unknown = Array.isArray(authors) ? authors[0] : undefined;
    return { name: typeof name === 'string' ? name : '', author: typeof author === 'string' ? author : '' };
  } catch {
    return { name: '', author: '' };
  }
}
