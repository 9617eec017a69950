import { layerEntries } from './entries.ts';
import type { Kitfile, KitfileEntry, KitfileSection, LayerDigests } from './model.ts';

/** The Kitfile with the digests of its layers, given in the order of `layerEntries` (spec 1.6). */
export function withDigests(kitfile: Kitfile, digests: readonly LayerDigests[]): Kitfile {
  const placed = new Map<string, LayerDigests>();
  layerEntries(kitfile).forEach((entry, at) => {
    placed.set(key(entry), digests[at] ?? {});
  });
  const list = <T extends LayerDigests>(section: KitfileSection, items: readonly T[]): readonly T[] =>
    items.map((item, index) => ({ ...item, ...placed.get(key({ section, index })) }));
  const { model, code, datasets, docs, prompts, mcpServers } = kitfile;
  return {
    ...kitfile,
    ...(model && {
      model: {
        ...model,
        ...placed.get(key({ section: 'model', index: 0 })),
        ...(model.parts && { parts: list('model.parts', model.parts) }),
      },
    }),
    ...(code && { code: list('code', code) }),
    ...(datasets && { datasets: list('datasets', datasets) }),
    ...(docs && { docs: list('docs', docs) }),
    ...(prompts && { prompts: list('prompts', prompts) }),
    ...(mcpServers && { mcpServers: list('mcpServers', mcpServers) }),
  };
}

function key({ section, index }: Pick<KitfileEntry, 'section' | 'index'>): string {
  return `${section}/${index}`;
}
