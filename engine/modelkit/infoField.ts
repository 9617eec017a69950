import { EngineError } from '../errors.ts';
import { DIGEST_FIELDS, LISTS, TEXT_FIELDS } from '../kitfile/fields.ts';
import { kitfileYaml } from '../kitfile/kitfileYaml.ts';
import type { Kitfile, Model, Package } from '../kitfile/model.ts';
import { yamlText } from '../kitfile/yamlText.ts';

const FILTER = /^\.?[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*$/;

/**
 * One field of a Kitfile as YAML, such as `package` or `model.name`. kit finds fields by their Go names, so that it knows
 * `dataSets` only; here any case will do (spec 8.2).
 * @throws EngineError INPUT_INVALID for what is no field, or lies in a list or in parameters
 */
export function fieldYaml(kitfile: Kitfile, filter: string): string {
  const [first = '', second, ...more] = namesOf(filter);
  const found = second === undefined ? topField(kitfile, first) : innerField(kitfile, first, second);
  if (found !== undefined && more.length === 0) return found;
  throw invalid('error filtering output: cannot find required node');
}

function namesOf(filter: string): readonly string[] {
  if (filter.includes('[')) throw invalid("invalid filter: array access using '[]' is not currently supported");
  if (!FILTER.test(filter)) throw invalid(`invalid filter: ${filter}`);
  return filter.replace(/^\./, '').toLowerCase().split('.');
}

function invalid(message: string): EngineError {
  return new EngineError('INPUT_INVALID', message, {
    advice: 'Name a field of the Kitfile, such as package, model.name or model.parameters.',
  });
}

function topField(kitfile: Kitfile, name: string): string | undefined {
  if (name === 'manifestversion') return scalar(kitfile.manifestVersion);
  if (name === 'package') return below({ package: kitfile.package ?? {} }, 'package', '{}');
  if (name === 'model') return kitfile.model ? below({ model: kitfile.model }, 'model', '{}') : 'null\n';
  const section = LISTS.find((list) => list.toLowerCase() === name);
  return section && below({ [section]: kitfile[section] ?? [] }, section, '[]');
}

function innerField(kitfile: Kitfile, section: string, name: string): string | undefined {
  if (section === 'package') return packageField(kitfile.package ?? {}, name);
  return section === 'model' && kitfile.model ? modelField(kitfile.model, name) : undefined;
}

function packageField(about: Package, name: string): string | undefined {
  if (name === 'authors') return sequence(about.authors ?? []);
  const field = TEXT_FIELDS.package.find((known) => known.toLowerCase() === name);
  return field && scalar(about[field]);
}

function modelField(model: Model, name: string): string | undefined {
  if (name === 'parts') return below({ model: { parts: model.parts ?? [] } }, 'parts', '[]');
  if (name === 'parameters') return below({ model: { parameters: model.parameters ?? null } }, 'parameters', 'null');
  const field = [...TEXT_FIELDS.model, ...DIGEST_FIELDS].find((known) => known.toLowerCase() === name);
  return field && scalar(model[field]);
}

function scalar(text = ''): string {
  return `${yamlText(text, 'block', 2)}\n`;
}

function sequence(texts: readonly string[]): string {
  return texts.length === 0 ? '[]\n' : texts.map((text) => `- ${scalar(text)}`).join('');
}

/** What a Kitfile has under a key, moved to the left; `empty` where it leaves the key out. */
function below(kitfile: Kitfile, key: string, empty: string): string {
  const lines = kitfileYaml(kitfile).trimEnd().split('\n');
  const at = lines.findIndex((line) => line.trimStart().startsWith(`${key}:`));
  const beside =
    lines[at]
      ?.trim()
      .slice(key.length + 1)
      .trim() ?? empty;
  const [first = '', ...rest] = at < 0 ? [] : lines.slice(at + 1);
  const indent = first.length - first.trimStart().length;
  const block = first === '' ? [] : [first, ...rest].map((line) => line.slice(indent));
  return `${[...(beside === '' ? [] : [beside]), ...block].join('\n')}\n`;
}
