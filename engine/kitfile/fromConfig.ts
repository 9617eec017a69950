import { EngineError } from '../errors.ts';
import { DIGEST_FIELDS, LISTS, type ListSection, TEXT_FIELDS } from './fields.ts';
import { isList } from './goJson.ts';
import { JsonError, readJson } from './jsonReader.ts';
import type { Kitfile, ParameterValue } from './model.ts';

type JsonObject = ReadonlyMap<string, ParameterValue>;

/**
 * Reads the config of a ModelKit as leniently as Go: unknown keys are skipped, keys match in any case, null is the same as
 * absent (spec 1.3).
 * @throws EngineError MANIFEST_INVALID
 */
export function kitfileFromConfig(config: Uint8Array): Kitfile {
  try {
    return kitfileOf(objectOf(readJson(Buffer.from(config).toString('utf8')), 'the config'));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new EngineError('MANIFEST_INVALID', `The config of the ModelKit cannot be read: ${error.message}.`, {
      advice: 'Pull or pack the ModelKit again.',
      cause: error,
    });
  }
}

function kitfileOf(config: JsonObject): Kitfile {
  const about = childObject(config, 'package');
  const model = childObject(config, 'model');
  const authors = about && childList(about, 'authors').map((item) => textOf(item, 'an author'));
  return {
    ...texts(config, ['manifestVersion']),
    ...(about && {
      package: { ...texts(about, TEXT_FIELDS.package), ...(authors && authors.length > 0 && { authors }) },
    }),
    ...(model && { model: modelOf(model) }),
    ...Object.fromEntries(LISTS.flatMap((section) => listOf(config, section))),
  };
}

function modelOf(model: JsonObject): Kitfile['model'] & object {
  const parts = childList(model, 'parts').map((item) =>
    texts(objectOf(item, 'a part'), [...TEXT_FIELDS.parts, ...DIGEST_FIELDS]),
  );
  return {
    ...texts(model, [...TEXT_FIELDS.model, ...DIGEST_FIELDS]),
    ...(parts.length > 0 && { parts }),
    ...parametersOf(model),
  };
}

function listOf(config: JsonObject, section: ListSection): readonly (readonly [ListSection, readonly object[]])[] {
  const items = childList(config, section).map((item) => {
    const entry = objectOf(item, `an entry of ${section}`);
    return {
      ...texts(entry, [...TEXT_FIELDS[section], ...DIGEST_FIELDS]),
      ...(section === 'datasets' && parametersOf(entry)),
    };
  });
  return items.length > 0 ? [[section, items]] : [];
}

function texts<K extends string>(object: JsonObject, keys: readonly K[]): { readonly [P in K]?: string } {
  const entries = keys.flatMap((key) => {
    const value = child(object, key);
    const text = value === undefined ? '' : textOf(value, `"${key}"`);
    return text === '' ? [] : [[key, text] as const];
  });
  return Object.fromEntries(entries) as { readonly [P in K]?: string };
}

function parametersOf(object: JsonObject): { readonly parameters?: ParameterValue } {
  const parameters = child(object, 'parameters');
  return parameters === undefined ? {} : { parameters };
}

/** The value of a key in any case; the last one counts, and null is no value. */
function child(object: JsonObject, key: string): ParameterValue | undefined {
  const wanted = key.toLowerCase();
  const values = [...object].filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return values.findLast((value) => value !== null) ?? undefined;
}

function childObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = child(object, key);
  return value === undefined ? undefined : objectOf(value, `"${key}"`);
}

function childList(object: JsonObject, key: string): readonly ParameterValue[] {
  const value = child(object, key);
  if (value === undefined) return [];
  if (!isList(value)) throw new JsonError(`"${key}" is not a list`);
  return value;
}

/** Null in a list is an entry without anything. */
function objectOf(value: ParameterValue, what: string): JsonObject {
  if (value === null) return new Map();
  if (value instanceof Map) return value;
  throw new JsonError(`${what} is not an object`);
}

function textOf(value: ParameterValue, what: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  throw new JsonError(`${what} is not a text`);
}
