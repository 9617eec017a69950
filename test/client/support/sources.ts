import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../../..', import.meta.url).pathname;

/** A JSON file of the project. */
export function json<Value>(path: string): Value {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Value;
}

/** The text of each TypeScript file below a folder, by its path. */
export function sources(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return new Map(files.map((file) => [`${folder}/${file}`, readFileSync(join(root, folder, file), 'utf8')]));
}

/** Every text that code hands to `l10n.t`; one that is no literal cannot be translated, and is reported as such. */
export function localisedTexts(folder: string): readonly string[] {
  const found = [...sources(folder).values()].flatMap((text) =>
    [...text.matchAll(/l10n\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^)]{0,40})/g)].map(
      ([, literal = '']) => literal,
    ),
  );
  return [...new Set(found.map(unquoted))].sort();
}

function unquoted(literal: string): string {
  const quoted = /^(['"])(.*)\1$/s.exec(literal);
  return quoted?.[2] === undefined ? `not a literal: ${literal}` : quoted[2].replace(/\\(.)/g, '$1');
}
