import { cleanPath } from '../../archive/cleanPath.ts';
import { LISTS } from '../fields.ts';
import type { Kitfile, KitfileSection } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { TextRange } from '../problem.ts';
import { isModelReference } from '../reference.ts';
import { entryKey } from '../toKitfile.ts';

/** One entry's path. */
export interface PathUse {
  readonly section: KitfileSection;
  readonly index: number;
  /** As written; `''` where there is none. */
  readonly path: string;
  readonly clean: string;
  /** Such as `model llama` or `code entry 2`. */
  readonly label: string;
  /** The first key of the entry where it has no path. */
  readonly range: TextRange;
  /** It becomes a layer. */
  readonly layer: boolean;
}

interface Entry {
  readonly name?: string;
  readonly path?: string;
  readonly remotePath?: string;
}

const LABELS: Readonly<Record<KitfileSection, string>> = {
  model: 'model',
  'model.parts': 'model part',
  code: 'code entry',
  datasets: 'data set',
  docs: 'docs entry',
  prompts: 'prompt',
  mcpServers: 'MCP server',
};

/** The paths of all entries, in layer order. */
export function pathUses(kitfile: Kitfile, places: ReadonlyMap<string, MapNode>): readonly PathUse[] {
  const { model } = kitfile;
  const sections: readonly (readonly [KitfileSection, readonly Entry[]])[] = [
    ['model', model ? [model] : []],
    ['model.parts', model?.parts ?? []],
    ...LISTS.map((section) => [section, kitfile[section] ?? []] as const),
  ];
  return sections.flatMap(([section, entries]) =>
    entries.flatMap((entry, index) => {
      const place = places.get(entryKey({ section, index }));
      return hasWrongPath(place) ? [] : [use(section, index, entry, place)];
    }),
  );
}

/** A path that is no text is for the schema; it is not the same as none, which means the whole folder. */
function hasWrongPath(place: MapNode | undefined): boolean {
  const path = place && valueAt(place, 'path');
  return path !== undefined && path.kind !== 'scalar';
}

function use(section: KitfileSection, index: number, entry: Entry, place: MapNode | undefined): PathUse {
  const { name, path = '', remotePath } = entry;
  return {
    section,
    index,
    path,
    clean: cleanPath(path),
    label: `${LABELS[section]} ${name || index + 1}`,
    range: rangeOf(place),
    layer: section === 'model' ? path !== '' && !isModelReference(path) : !remotePath,
  };
}

function rangeOf(place: MapNode | undefined): TextRange {
  if (!place) return { start: 0, end: 0 };
  return (valueAt(place, 'path') ?? place.pairs[0]?.key ?? place).range;
}
