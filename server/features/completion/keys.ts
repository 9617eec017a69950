import { CompletionItemKind } from 'vscode-languageserver';
import { choicesOf, propertiesOf, type SchemaNode, schemaAt } from '../../schema.ts';
import { textOf } from '../../yaml/chain.ts';
import type { Entry } from '../../yaml/nodes.ts';
import type { ItemSlot, KeySlot, ValueSlot } from '../../yaml/slots.ts';
import { schemaText, typeText } from '../schemaText.ts';
import type { Draft } from './draft.ts';
import { literal, pad } from './snippet.ts';

/** The keys that are still missing from a map, in the order of the format. */
export function keyDrafts(slot: KeySlot, text: string): readonly Draft[] {
  const { mapping, span, column, flow, hasColon, needsComma } = slot;
  const own = mapping?.entries.find(({ key }) => key.content.start === span.start);
  const present = (mapping?.entries ?? []).filter((entry) => entry !== own && entry.colon !== undefined);
  const names = new Set(present.map(({ key }) => textOf(text, key.content)));
  const gap = span.start === span.end && text[span.start - 1] === '-' ? ' ' : '';
  const moves = !flow && !hasColon && text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).trim() === '';
  return keysOf(slot.path)
    .filter(([name]) => !names.has(name))
    .map(([name, schema], at) => ({
      ...keyDraft(name, schema, at),
      span,
      snippet: gap + ownSnippet(name, schema, own, slot) + (needsComma ? ', ' : ''),
      ...(moves ? { moveTo: column } : {}),
      ...(hasColon ? { asksOn: false } : {}),
    }));
}

/** Keys for a map that begins here: at the beginning of a line, behind a dash, or in a new line below its key. */
export function firstKeyDrafts(slot: ValueSlot, text: string): readonly Draft[] {
  if (slot.place === 'line') {
    const { path, span, column } = slot;
    return keyDrafts(
      { kind: 'key', path, mapping: undefined, span, hasColon: false, flow: false, needsComma: false, column },
      text,
    );
  }
  const span = { start: blanksStart(text, slot.span.start), end: slot.span.end };
  const column = slot.column + 2;
  return keysOf(slot.path).map(([name, schema], at) => ({
    ...keyDraft(name, schema, at),
    span,
    snippet: `\n${pad(column)}${name}:${valueSnippet(schema, column, false)}`,
  }));
}

/** A new item of a list: with its main keys, or with any one of them. */
export function itemDrafts(slot: ItemSlot | ValueSlot, text: string): readonly Draft[] {
  const items = schemaAt(slot.path)?.items;
  if (items === undefined) return [];
  const below = slot.kind === 'value' && slot.place === 'key';
  const column = below ? slot.column + 2 : slot.column;
  const span = below ? { start: blanksStart(text, slot.span.start), end: slot.span.end } : slot.span;
  const dash = `${below ? `\n${pad(column)}` : ''}- `;
  const main = mainKeys(items);
  const whole: Draft = {
    label: `- ${main.join(', ') || 'item'}`,
    kind: CompletionItemKind.Snippet,
    ...(items.title === undefined ? {} : { detail: items.title }),
    ...(items.description === undefined ? {} : { documentation: items.description }),
    snippet: dash + itemSnippet(items, column + 2),
    span,
    sort: '00',
    asksOn: main.length === 1,
  };
  const single = propertiesOf(items).map(([name, schema], at) => ({
    ...keyDraft(name, schema, at + 1),
    label: `- ${name}`,
    span,
    snippet: `${dash}${name}:${valueSnippet(schema, column + 2, false)}`,
  }));
  return [whole, ...single.filter(({ label }) => label !== whole.label)];
}

/** What stands behind a new key. */
export function valueSnippet(schema: SchemaNode, column: number, flow: boolean): string {
  if (flow) return schema.type === 'object' ? ' { $0 }' : schema.type === 'array' ? ' [$0]' : ` ${presetOf(schema)}`;
  const nested = `\n${pad(column + 2)}`;
  if (schema.type === 'object' || schema.type === undefined) return `${nested}$0`;
  if (schema.type !== 'array') return ` ${presetOf(schema)}`;
  if (schema.items?.type !== 'object') return ' [$0]';
  return `${nested}- ${itemSnippet(schema.items, column + 4)}`;
}

function itemSnippet(items: SchemaNode, column: number): string {
  const keys = mainKeys(items);
  if (keys.length === 0) return '$0';
  return keys.map((key, at) => `${key}: $${at === keys.length - 1 ? 0 : at + 1}`).join(`\n${pad(column)}`);
}

/** What nearly every item of the list has. */
function mainKeys(items: SchemaNode): readonly string[] {
  return propertiesOf(items)
    .map(([name]) => name)
    .filter((name) => name === 'name' || name === 'path');
}

function presetOf(schema: SchemaNode): string {
  return schema.default === undefined ? '$0' : `\${0:${literal(schema.default)}}`;
}

/** A key that has its value already gets no second one. */
function ownSnippet(
  name: string,
  schema: SchemaNode,
  own: Entry | undefined,
  { hasColon, column, flow }: KeySlot,
): string {
  if (hasColon) return name;
  if (own?.value !== undefined) return `${name}:`;
  return `${name}:${valueSnippet(schema, column, flow)}`;
}

function keysOf(path: KeySlot['path']): readonly (readonly [string, SchemaNode])[] {
  return propertiesOf(schemaAt(path));
}

function keyDraft(name: string, schema: SchemaNode, at: number) {
  const documentation = schemaText(schema);
  return {
    label: name,
    kind: schema.type === 'string' ? CompletionItemKind.Property : CompletionItemKind.Module,
    detail: typeText(schema),
    ...(documentation === undefined ? {} : { documentation }),
    sort: String(at).padStart(2, '0'),
    asksOn: asksOn(schema),
  };
}

function asksOn(schema: SchemaNode): boolean {
  return schema.type === 'object' || choicesOf(schema).length > 0 || 'x-path' in schema || 'x-values' in schema;
}

function blanksStart(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}
