import { archiveEntries } from '../archive/archiveEntries.ts';
import { cleanPath } from '../archive/cleanPath.ts';
import { isEngineError } from '../errors.ts';
import type { Call } from './call.ts';
import type { FoundKit } from './findKit.ts';
import { rawFile } from './rawFile.ts';
import type { WantedKit, WantedLayer } from './unpackPlan.ts';

/** Leaves out the layers of which the filters want nothing, where that is known without reading them. */
export async function withoutOtherFiles(plan: readonly WantedKit[], { signal }: Call): Promise<readonly WantedKit[]> {
  const needed: WantedKit[] = [];
  for (const wanted of plan) {
    const layers: WantedLayer[] = [];
    for (const layer of wanted.layers)
      if (!layer.include || !(await isOtherFile(wanted.kit, layer, layer.include, signal))) layers.push(layer);
    needed.push({ ...wanted, layers });
  }
  return needed;
}

/**
 * True for a layer of one file that is not wanted: the head of its archive tells, so that the file itself, which may be
 * large and in a registry, need not be read. Nothing of it is taken, so nothing of it has to be right.
 */
async function isOtherFile(
  { source }: FoundKit,
  { node, type, entry, below }: WantedLayer,
  include: (path: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (type.format === 'raw') return !include(rawFile(node, entry.path).path);
  const path = cleanPath(entry.path);
  if (below !== undefined || path === '.') return false;
  const content = await source.fetch(node, signal ? { signal } : {});
  try {
    for await (const found of archiveEntries(content, type)) {
      if (found.kind === 'file') return cleanPath(found.path) === path && !include(path);
      // Folders above the layer's path come first (spec 2.2).
      if (!path.startsWith(`${cleanPath(found.path)}/`)) return false;
    }
    return false;
  } catch (error) {
    // A layer that cannot be read is refused where it is unpacked.
    if (isEngineError(error) && error.code.startsWith('ARCHIVE_')) return false;
    throw error;
  }
}
