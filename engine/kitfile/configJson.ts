import { DIGEST_FIELDS, LISTS, type ListSection, TEXT_FIELDS } from './fields.ts';
import { goJson, goObject, goString } from './goJson.ts';
import type { Kitfile, LayerDigests, Model, Package, ParameterValue } from './model.ts';

type Field = readonly [string, string];
interface Entry extends LayerDigests {
  readonly path?: string;
  readonly parameters?: ParameterValue;
}

/** The config of a ModelKit: its Kitfile as Go's encoding/json writes it, byte for byte (spec 1.2, 1.6). */
export function configJson(kitfile: Kitfile): Buffer {
  const { manifestVersion = '', package: about = {}, model } = kitfile;
  const fields: readonly Field[] = [
    ['manifestVersion', goString(manifestVersion)],
    ['package', packageJson(about)],
    ...(model ? [['model', modelJson(model)] as const] : []),
    ...LISTS.flatMap((section) => listField(section, kitfile[section])),
  ];
  return Buffer.from(goObject(fields));
}

function packageJson(about: Package): string {
  const authors = about.authors ?? [];
  return goObject([
    ...texts(about, TEXT_FIELDS.package),
    ...(authors.length > 0 ? [['authors', goJson(authors)] as const] : []),
  ]);
}

function modelJson(model: Model): string {
  const parts = (model.parts ?? []).map((part) =>
    goObject([...texts(part, TEXT_FIELDS.parts), ...texts(part, DIGEST_FIELDS)]),
  );
  return goObject([
    ...texts(model, TEXT_FIELDS.model),
    ...(parts.length > 0 ? [['parts', `[${parts.join(',')}]`] as const] : []),
    ...parameters(model),
    ...texts(model, DIGEST_FIELDS),
  ]);
}

function listField(section: ListSection, entries: readonly Entry[] = []): readonly Field[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) =>
    goObject([
      ...pathOfDocs(section, entry),
      ...texts(entry, TEXT_FIELDS[section]),
      ...parameters(entry),
      ...texts(entry, DIGEST_FIELDS),
    ]),
  );
  return [[section, `[${items.join(',')}]`]];
}

/** The path of docs is written also when it is empty. */
function pathOfDocs(section: ListSection, { path }: Entry): readonly Field[] {
  return section === 'docs' && !path ? [['path', '""']] : [];
}

function texts<K extends string>(entry: { readonly [P in K]?: string }, keys: readonly K[]): readonly Field[] {
  return keys.flatMap((key) => {
    const text = entry[key];
    return text ? [[key, goString(text)] as const] : [];
  });
}

/** Null is left out; `false`, `0` and empty values are kept. */
function parameters({ parameters: value }: Entry | Model): readonly Field[] {
  return value === undefined || value === null ? [] : [['parameters', goJson(value)]];
}
