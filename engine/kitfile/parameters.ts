import type { ParameterValue } from './model.ts';
import type { KitNode, MapNode, ScalarNode } from './nodes.ts';
import type { Problem } from './problem.ts';
import { errorAt, quoted } from './problems.ts';
import type { KitfileRule } from './rule.ts';
import { isNull, resolveScalar, type ScalarValue } from './scalars.ts';

/** The value of free-form YAML as it goes into the config; what JSON cannot hold is reported (spec 1.4). */
export function parameterValue(node: KitNode, problems: Problem[]): ParameterValue {
  if (node.kind === 'list') return node.items.map((item) => parameterValue(item, problems));
  if (node.kind === 'map') return parameterMap(node, problems);
  return scalarValue(node, problems);
}

function parameterMap(map: MapNode, problems: Problem[]): ParameterValue {
  const values = new Map<string, ParameterValue>();
  for (const { key, value, merged } of map.pairs) {
    if (key.kind !== 'scalar') {
      problems.push(schemaError('key-not-text', 'A key must be a text: JSON knows no other keys.', key));
      continue;
    }
    if (merged && isNull(key)) continue;
    if (!merged && !isText(key)) {
      const message = `The key ${quoted(key.text)} is not a text, and JSON knows no other keys. Put it into quotes.`;
      problems.push(schemaError('key-not-text', message, key));
    }
    values.set(key.text, parameterValue(value, problems));
  }
  return values;
}

function isText(key: ScalarNode): boolean {
  return resolveScalar(key).tag === '!!str';
}

function scalarValue(node: ScalarNode, problems: Problem[]): ScalarValue {
  const { value } = resolveScalar(node);
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  problems.push(schemaError('not-a-number', `JSON cannot hold ${node.text}. Put it into quotes.`, node));
  return null;
}

/** The tag that is written and the text do not fit. */
export function tagMismatch(node: ScalarNode): Problem {
  return schemaError('tag-mismatch', `${quoted(node.text)} cannot be read as ${node.tag ?? 'a text'}.`, node);
}

function schemaError(rule: KitfileRule, message: string, { range }: KitNode): Problem {
  return errorAt('KITFILE_SCHEMA', rule, message, range);
}
