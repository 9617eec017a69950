import { CompletionItemKind } from 'vscode-languageserver';
import { licenses } from '../../licenses.ts';
import { choicesOf, type SchemaNode } from '../../schema.ts';
import { writeScalar } from '../../yaml/scalarText.ts';
import type { ValueSlot } from '../../yaml/slots.ts';
import type { Draft } from './draft.ts';
import { literal } from './snippet.ts';

/** The usual values of a field: those of the schema in its order, or the SPDX licences, the schema's first. */
export async function choiceDrafts(slot: ValueSlot, schema: SchemaNode, text: string): Promise<readonly Draft[]> {
  const choices = choicesOf(schema);
  const listed = choices.map((value, at) => ({
    ...valueDraft(slot, value, text),
    kind: CompletionItemKind.EnumMember,
    sort: `0${String(at).padStart(2, '0')}`,
  }));
  return schema['x-values'] === 'spdx' ? licenseDrafts(slot, schema, text) : listed;
}

async function licenseDrafts(slot: ValueSlot, schema: SchemaNode, text: string): Promise<readonly Draft[]> {
  const usual = new Set(schema.examples);
  return [...(await licenses()).values()].map(({ id, name }) => ({
    ...valueDraft(slot, id, text),
    kind: CompletionItemKind.EnumMember,
    detail: name,
    sort: `${usual.has(id) ? 0 : 1}${id}`,
  }));
}

/** A value in the style of what stands there; quotes only where it needs them or has them. */
export function valueDraft(slot: ValueSlot, value: string, text: string, cursor = '') {
  const { span, scalar, place, needsComma } = slot;
  const { before, text: written, after } = writeScalar(value, scalar?.style, place === 'flow');
  const gap = scalar === undefined && /[:-]/.test(text[span.start - 1] ?? '') ? ' ' : '';
  const missing = scalar?.closed === false ? (text[scalar.start] ?? '') : '';
  return {
    label: value,
    filter: before === '' ? written : value,
    snippet: `${gap}${before}${literal(written)}${cursor}${after}${missing}${needsComma ? ', ' : ''}`,
    span,
  };
}
