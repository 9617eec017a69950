/**
 * Compiles schemas/kitfile.json into engine/kitfile/schemaValidator.generated.ts: at run time ajv itself would cost 44 ms.
 * A test shows that the file is up to date. Run it after each change of the schema.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const schemaFile = new URL('../schemas/kitfile.json', import.meta.url);
export const validatorFile = new URL('../engine/kitfile/schemaValidator.generated.ts', import.meta.url);

const HEADER = `// @ts-nocheck
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
// Made by scripts/kitfileValidator.mjs from schemas/kitfile.json.
`;

/** The text of the validator. Words for people stay in the schema. */
export function validatorSource() {
  const ajv = new Ajv({ allErrors: true, messages: false, code: { source: true, esm: true, lines: true } });
  const validate = ajv.compile(bare(JSON.parse(readFileSync(schemaFile, 'utf8'))));
  const code = standalone.default(ajv, validate);
  return HEADER + code.replace('"use strict";', '').replace(/export default \w+;\n?/, '');
}

/** Types, fields, required fields: nothing else is checked. */
function bare({ type, items, properties, required, additionalProperties }) {
  const fields = properties && Object.entries(properties).map(([key, value]) => [key, bare(value)]);
  return {
    ...(type && { type }),
    ...(items && { items: bare(items) }),
    ...(fields && { properties: Object.fromEntries(fields) }),
    ...(required && { required }),
    ...(additionalProperties === false && { additionalProperties }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(validatorFile, validatorSource());
