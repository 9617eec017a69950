import type { LayerKind } from '../oci/mediaTypes.ts';
import type { Kitfile, KitfileEntry, KitfileSection, LayerDigests } from './model.ts';
import { isModelReference } from './reference.ts';

interface Listed extends LayerDigests {
  readonly name?: string;
  readonly path?: string;
}

/**
 * The layers of a Kitfile in their order: model, parts, code, datasets, docs, prompts, mcpServers (spec 2.4).
 * Remote data sets are not packed (spec 6.6).
 */
export function layerEntries(kitfile: Kitfile): readonly KitfileEntry[] {
  const { model } = kitfile;
  return [
    ...(model && hasLayer(model) ? [entry('model', 'model', model, 0)] : []),
    ...entries('modelpart', 'model.parts', model?.parts),
    ...entries('code', 'code', kitfile.code),
    ...entries('dataset', 'datasets', kitfile.datasets).filter(({ index }) => !kitfile.datasets?.[index]?.remotePath),
    ...entries('docs', 'docs', kitfile.docs),
    ...entries('prompt', 'prompts', kitfile.prompts),
    ...entries('mcpb', 'mcpServers', kitfile.mcpServers),
  ];
}

/** A model without a path, or with a reference for one, has no layer (spec 1.8). */
function hasLayer({ path }: Listed): boolean {
  return path !== undefined && path !== '' && !isModelReference(path);
}

function entries(kind: LayerKind, section: KitfileSection, items: readonly Listed[] = []): KitfileEntry[] {
  return items.map((item, index) => entry(kind, section, item, index));
}

function entry(kind: LayerKind, section: KitfileSection, item: Listed, index: number): KitfileEntry {
  const { name, path = '', digest, diffId } = item;
  return {
    kind,
    section,
    index,
    ...(name ? { name } : {}),
    path,
    digests: { ...(digest ? { digest } : {}), ...(diffId ? { diffId } : {}) },
  };
}
