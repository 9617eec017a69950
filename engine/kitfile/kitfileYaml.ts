import { LISTS, TEXT_FIELDS } from './fields.ts';
import { isList } from './goJson.ts';
import type { Kitfile, ParameterValue } from './model.ts';
import { byNature } from './naturalOrder.ts';
import { yamlText } from './yamlText.ts';

type Line = readonly [string, string];

/** A Kitfile as kit writes it; but integers stay integers (spec 1.7). Digests are for the config only. */
export function kitfileYaml(kitfile: Kitfile): string {
  const { manifestVersion = '', package: about, model } = kitfile;
  const authors = about?.authors ?? [];
  const packageLines: readonly Line[] = [
    ...texts(about ?? {}, TEXT_FIELDS.package, 4),
    ...(authors.length > 0
      ? [['authors', `[${authors.map((author) => yamlText(author, 'flow', 2)).join(', ')}]`] as const]
      : []),
  ];
  return block(
    [
      ['manifestVersion', yamlText(manifestVersion, 'block', 2)],
      ...(packageLines.length > 0 ? [['package', nested(packageLines, 2)] as const] : []),
      ...(model ? [['model', nested(modelLines(model), 2)] as const] : []),
      ...LISTS.flatMap((section) => list(section, kitfile[section] ?? [], TEXT_FIELDS[section], 2)),
    ],
    0,
  ).concat('\n');
}

function modelLines(model: Kitfile['model'] & object): readonly Line[] {
  return [
    ...texts(model, TEXT_FIELDS.model, 4),
    ...list('parts', model.parts ?? [], TEXT_FIELDS.parts, 4),
    ...parameters(model, 4),
  ];
}

interface Entry {
  readonly path?: string;
  readonly parameters?: ParameterValue;
}

function list<K extends string>(
  section: string,
  entries: readonly (Entry & { readonly [P in K]?: string })[],
  keys: readonly K[],
  indent: number,
): readonly Line[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const noPath: readonly Line[] = section === 'docs' && !entry.path ? [['path', '""']] : [];
    return item([...noPath, ...texts(entry, keys, indent + 4), ...parameters(entry, indent + 4)], indent);
  });
  return [[section, `\n${items.join('\n')}`]];
}

/** One item of a block list, whose first key stands beside the dash. */
function item(lines: readonly Line[], indent: number): string {
  const text = lines.length === 0 ? '{}' : block(lines, indent + 2).trimStart();
  return `${' '.repeat(indent)}- ${text}`;
}

function texts<K extends string>(
  entry: { readonly [P in K]?: string },
  keys: readonly K[],
  indent: number,
): readonly Line[] {
  return keys.flatMap((key) => {
    const text = entry[key];
    return text ? [[key, yamlText(text, 'block', indent)] as const] : [];
  });
}

function parameters({ parameters: value }: Entry, indent: number): readonly Line[] {
  return value === undefined || value === null ? [] : [['parameters', yamlValue(value, indent)]];
}

/** Lines of keys and values; a value that starts with a line end is a block. */
function block(lines: readonly Line[], indent: number): string {
  return lines.map(([key, value]) => `${' '.repeat(indent)}${key}:${/^\n/.test(value) ? '' : ' '}${value}`).join('\n');
}

function nested(lines: readonly Line[], indent: number): string {
  return lines.length === 0 ? '{}' : `\n${block(lines, indent)}`;
}

/** A value of parameters; `indent` is that of its own lines. */
function yamlValue(value: ParameterValue, indent: number): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return yamlText(value, 'block', indent);
  if (typeof value === 'number') return floatText(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) {
    const items = value.map((entry) => `${' '.repeat(indent)}- ${afterDash(entry, indent + 2)}`);
    return items.length === 0 ? '[]' : `\n${items.join('\n')}`;
  }
  const keys = [...value.keys()].toSorted(byNature);
  const lines = keys.map((key): Line => [keyOf(key, indent), yamlValue(value.get(key) ?? null, indent + 2)]);
  return nested(lines, indent);
}

/** A long key, or one of several lines, stands by itself. */
function keyOf(key: string, indent: number): string {
  if (!/[\n\r\x85\u2028\u2029]/.test(key) && Buffer.byteLength(key) <= 128) return yamlText(key, 'key', indent);
  return `? ${yamlText(key, 'block', indent + 2)}\n${' '.repeat(indent)}`;
}

/** A list or map in a list starts beside the dash. */
function afterDash(value: ParameterValue, indent: number): string {
  return yamlValue(value, indent).replace(/^\n +/, '');
}

/** As `%g` of Go with the shortest digits. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  // A whole number is an integer again after its way through JSON.
  if (exponent >= -4 && exponent < 21 && (exponent < 6 || Number.isInteger(value))) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
