import { type CompletionItem, CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FeatureContext } from '../context.ts';
import { isBig, treeOf } from '../kitfileDocument.ts';
import { type SchemaNode, schemaAt } from '../schema.ts';
import { slotsAt } from '../yaml/locate.ts';
import type { Slot, ValueSlot } from '../yaml/slots.ts';
import { type Draft, toItem } from './completion/draft.ts';
import { firstKeyDrafts, itemDrafts, keyDrafts, valueSnippet } from './completion/keys.ts';
import { pathDrafts } from './completion/paths.ts';
import { skeletonDraft } from './completion/skeleton.ts';
import { choiceDrafts } from './completion/values.ts';
import { sizeText } from './sizeText.ts';

interface Offer {
  readonly drafts: readonly Draft[];
  readonly isIncomplete: boolean;
}

/** Everything that may be written at the position. */
export async function complete(
  document: TextDocument,
  position: Position,
  context: FeatureContext,
): Promise<CompletionList> {
  if (isBig(document)) return { items: [], isIncomplete: false };
  const tree = treeOf(document);
  const offset = document.offsetAt(position);
  const offers = await Promise.all(slotsAt(tree, offset).map((slot) => offerFor(slot, tree.text, offset, context)));
  return {
    items: offers.flatMap(({ drafts }) => drafts.map((draft) => toItem(draft, document, context.abilities))),
    isIncomplete: offers.some(({ isIncomplete }) => isIncomplete),
  };
}

/** Adds what takes a look at the disk: the size of the file that is shown in detail. */
export async function resolveCompletion(item: CompletionItem, context: FeatureContext): Promise<CompletionItem> {
  const path: unknown = item.data?.path;
  const facts = typeof path === 'string' ? await context.folders.facts(path) : undefined;
  if (facts?.kind !== 'file') return item;
  const size = sizeText(facts.bytes);
  return { ...item, detail: item.detail === undefined ? size : `${size}, ${item.detail}` };
}

async function offerFor(slot: Slot, text: string, offset: number, context: FeatureContext): Promise<Offer> {
  if (slot.kind === 'key') return only(keyDrafts(slot, text));
  if (slot.kind === 'item') return only(itemDrafts(slot, text));
  const schema = schemaAt(slot.path);
  if (schema === undefined || text.slice(slot.span.start, slot.span.end).includes('\n')) return only([]);
  if (schema.type === 'string') return stringOffer(slot, schema, text, offset, context);
  return only(collectionDrafts(slot, schema, text));
}

async function stringOffer(
  slot: ValueSlot,
  schema: SchemaNode,
  text: string,
  offset: number,
  context: FeatureContext,
): Promise<Offer> {
  const layer = schema['x-path'];
  if (layer !== undefined) return pathDrafts(slot, layer, text, offset, context);
  return only(await choiceDrafts(slot, schema, text));
}

/** A map or a list where a value is to come. */
function collectionDrafts(slot: ValueSlot, schema: SchemaNode, text: string): readonly Draft[] {
  if (slot.scalar !== undefined && slot.scalar.style !== 'plain') return [];
  if (slot.place === 'flow') return slot.scalar === undefined ? bracketDrafts(slot, schema, text) : [];
  if (slot.place === 'key' && slot.span.start < slot.span.end) return [];
  if (schema.type === 'object') return [...wholeFile(slot, text), ...firstKeyDrafts(slot, text)];
  return schema.type === 'array' ? itemDrafts(slot, text) : [];
}

function wholeFile(slot: ValueSlot, text: string): readonly Draft[] {
  const { path, span } = slot;
  const rest = text.slice(0, span.start) + text.slice(span.end);
  return path.length === 0 && rest.replace(/#.*/g, '').trim() === '' ? [skeletonDraft(slot)] : [];
}

function bracketDrafts({ span, needsComma }: ValueSlot, schema: SchemaNode, text: string): readonly Draft[] {
  if (schema.type !== 'object' && schema.type !== 'array') return [];
  const gap = text[span.start - 1] === ':' ? ' ' : '';
  const snippet = `${gap}${valueSnippet(schema, 0, true).trimStart()}${needsComma ? ', ' : ''}`;
  const label = schema.type === 'object' ? '{ }' : '[ ]';
  return [{ label, kind: CompletionItemKind.Snippet, snippet, span, sort: '0', asksOn: true }];
}

function only(drafts: readonly Draft[]): Offer {
  return { drafts, isIncomplete: false };
}
