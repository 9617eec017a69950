import { present, presentItems } from './dialect/moving.ts';
import { LISTS, type ListSection, TEXT_FIELDS } from './fields.ts';
import type { Kitfile, KitfileSection, ParameterValue } from './model.ts';
import { type KitNode, type MapNode, type ScalarNode, valueAt } from './nodes.ts';
import { parameterValue } from './parameters.ts';
import type { Problem } from './problem.ts';
import { isNull, resolveScalar } from './scalars.ts';

export interface BuiltKitfile {
  readonly kitfile: Kitfile;
  /** The entries' places by `entryKey`. */
  readonly places: ReadonlyMap<string, MapNode>;
  readonly problems: readonly Problem[];
}

export function entryKey({ section, index }: { readonly section: KitfileSection; readonly index: number }): string {
  return `${section}/${index}`;
}

/** The Kitfile that a document in standard form describes; what has a wrong type is left out. */
export function toKitfile(root: MapNode): BuiltKitfile {
  const builder = new Builder();
  const version = builder.text(root, 'manifestVersion');
  const about = mapAt(root, 'package');
  const model = mapAt(root, 'model');
  const kitfile = {
    ...(version === undefined ? {} : { manifestVersion: version }),
    ...(about && { package: builder.package(about) }),
    ...(model && { model: builder.model(model) }),
    ...Object.fromEntries(LISTS.flatMap((section) => builder.list(root, section))),
  };
  return { kitfile, places: builder.places, problems: builder.problems };
}

class Builder {
  readonly problems: Problem[] = [];
  readonly places = new Map<string, MapNode>();

  text(map: MapNode, key: string): string | undefined {
    const node = valueAt(map, key);
    return node?.kind === 'scalar' && !isNull(node) ? this.#scalarText(node) : undefined;
  }

  package(map: MapNode) {
    const authors = presentItems(valueAt(map, 'authors')).filter((item) => item.kind === 'scalar');
    return {
      ...this.#texts(map, TEXT_FIELDS.package),
      ...(authors.length > 0 && { authors: authors.map((author) => this.#scalarText(author)) }),
    };
  }

  model(map: MapNode) {
    this.places.set(entryKey({ section: 'model', index: 0 }), map);
    const parts = this.#items(valueAt(map, 'parts'), 'model.parts', TEXT_FIELDS.parts);
    return {
      ...this.#texts(map, TEXT_FIELDS.model),
      ...(parts.length > 0 && { parts }),
      ...this.#parameters(map),
    };
  }

  list(root: MapNode, section: ListSection): readonly (readonly [ListSection, readonly object[]])[] {
    const items = this.#items(valueAt(root, section), section, TEXT_FIELDS[section]);
    return items.length > 0 ? [[section, items]] : [];
  }

  #items<K extends string>(list: KitNode | undefined, section: KitfileSection, keys: readonly K[]) {
    const maps = presentItems(list).filter((item) => item.kind === 'map');
    return maps.map((item, index) => {
      this.places.set(entryKey({ section, index }), item);
      return { ...this.#texts(item, keys), ...(section === 'datasets' && this.#parameters(item)) };
    });
  }

  #texts<K extends string>(map: MapNode, keys: readonly K[]): { readonly [P in K]?: string } {
    const entries = keys.flatMap((key) => {
      const text = this.text(map, key);
      return text ? [[key, text] as const] : [];
    });
    return Object.fromEntries(entries) as { readonly [P in K]?: string };
  }

  #parameters(map: MapNode): { readonly parameters?: ParameterValue } {
    const node = present(valueAt(map, 'parameters'));
    return node ? { parameters: parameterValue(node, this.problems) } : {};
  }

  /** Text stays as it was written, `1.10` too (spec 1.3); only binary is decoded. */
  #scalarText(node: ScalarNode): string {
    const { tag, value } = resolveScalar(node);
    return tag === '!!binary' && typeof value === 'string' ? value : node.text;
  }
}

function mapAt(map: MapNode, key: string): MapNode | undefined {
  const node = valueAt(map, key);
  return node?.kind === 'map' ? node : undefined;
}
