import { dirname } from 'node:path/posix';
import { cleanPath } from '../archive/cleanPath.ts';
import { kitfileYaml } from '../kitfile/kitfileYaml.ts';
import { MODELPACK_ARTIFACT, MODELPACK_CONFIG } from '../oci/mediaTypes.ts';
import { type Filter, parentFilters, selectEntry, wantsKitfile } from './filter.ts';
import type { FoundKit } from './findKit.ts';
import { type PlacedLayer, placeLayers } from './layerPlaces.ts';

/** A layer to extract. */
export interface WantedLayer extends PlacedLayer {
  readonly include?: (path: string) => boolean;
  /** Folder of the target that its names are relative to, in kits from before 0.5 (spec 6.5). */
  readonly below?: string;
}

/** What one ModelKit of a chain puts into the target. */
export interface WantedKit {
  readonly kit: FoundKit;
  readonly layers: readonly WantedLayer[];
  /** Text of the Kitfile to write. */
  readonly kitfile?: string;
}

/**
 * What the filters want of a ModelKit and of its parents, in the order of writing: parents come first (spec 6.4, 6.6).
 * @param parents nearest first
 * @throws EngineError FORMAT_UNSUPPORTED, MANIFEST_INVALID
 */
export function planUnpack(
  kit: FoundKit,
  parents: readonly FoundKit[],
  filters: readonly Filter[],
): readonly WantedKit[] {
  const own = { kit, layers: wantedLayers(kit, filters), ...wantedKitfile(kit, filters) };
  const forParents = parentFilters(filters);
  if (!forParents) return [own];
  const theirs = parents.map((parent) => ({ kit: parent, layers: wantedLayers(parent, forParents) }));
  return [...theirs.reverse(), own];
}

function wantedLayers(kit: FoundKit, filters: readonly Filter[]): readonly WantedLayer[] {
  return placeLayers(kit.manifest, kit.kitfile).flatMap((layer) => {
    const selection = selectEntry(layer.entry, layer.note, filters);
    return selection ? [{ ...layer, ...selection, ...oldFolder(kit, layer) }] : [];
  });
}

/** One that has no Kitfile gets none, unless asked for. */
function wantedKitfile(kit: FoundKit, filters: readonly Filter[]): { kitfile?: string } {
  const wanted =
    kit.kitfileFrom === 'none'
      ? filters.some(({ types, files }) => types.has('kitfile') && !files)
      : wantsKitfile(filters);
  return wanted ? { kitfile: kitfileYaml(kit.kitfile) } : {};
}

function oldFolder({ kitfileFrom }: FoundKit, { entry, type }: PlacedLayer): { below?: string } {
  const { digest, diffId } = entry.digests;
  const old = kitfileFrom === 'kitops' && digest === undefined && diffId === undefined && type.format === 'tar';
  const below = dirname(cleanPath(entry.path));
  return old && below !== '.' ? { below } : {};
}

/** Their archives may hold links, which are left out; in a ModelKit one is refused (spec 9.4). */
export function isModelPack({ manifest }: FoundKit): boolean {
  return manifest.config.mediaType === MODELPACK_CONFIG || manifest.artifactType === MODELPACK_ARTIFACT;
}
