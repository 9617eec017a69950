import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, isDigest } from '../oci/digest.ts';
import { OCI_INDEX } from '../oci/mediaTypes.ts';
import type { JsonFormat } from './jsonFile.ts';

type Json = Readonly<Record<string, unknown>>;

/** `index.json` or `<B>-index.json`: what it says besides its manifests, and entries of all kinds, as they were read. */
export interface IndexFile {
  readonly fields: Json;
  readonly entries: readonly unknown[];
}

/** `<B>-tags.json`: entries as they were read. */
export type TagsFile = ReadonlyMap<string, unknown>;

/** The index of one repository: without media type, removed when it lists nothing (spec 4.2). */
export const repositoryIndexFormat: JsonFormat<IndexFile> = {
  parse: parseIndex,
  write: (index) => (index.entries.length === 0 ? undefined : writeIndex(index)),
  empty: { fields: { schemaVersion: 2, manifests: [] }, entries: [] },
};

/** The index that oras owns; it stays when it lists nothing. */
export const storeIndexFormat: JsonFormat<IndexFile> = {
  parse: parseIndex,
  write: writeIndex,
  empty: { fields: { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }, entries: [] },
};

export const tagsFormat: JsonFormat<TagsFile> = {
  parse: (text) => new Map(Object.entries(parseObject(text))),
  write: writeTags,
  empty: new Map(),
};

function parseIndex(text: string): IndexFile {
  const fields = parseObject(text);
  const entries = fields.manifests ?? [];
  if (!Array.isArray(entries)) throw new SyntaxError('manifests is no list');
  return { fields, entries };
}

function parseObject(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new SyntaxError('it is no object');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields keep their places; the list takes the place of the old one. */
function writeIndex({ fields, entries }: IndexFile): string {
  return goJson({ ...fields, manifests: entries });
}

/** Go sorts keys by bytes; an object of JavaScript would put tags like `2` before all others. */
function writeTags(tags: TagsFile): string | undefined {
  if (tags.size === 0) return undefined;
  const sorted = [...tags].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${sorted.map(([tag, entry]) => `${goJson(tag)}:${goJson(entry)}`).join(',')}}`;
}

/** As Go writes it: these five characters as escapes. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** An entry that names something we could read; undefined for others, which are kept and left alone (bad-inputs B3). */
export function descriptorOf(entry: unknown): Descriptor | undefined {
  if (!isObject(entry)) return undefined;
  const { mediaType, digest, size, annotations } = entry;
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || !isDigest(digest)) return undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
  return { mediaType, digest, size, ...(isObject(annotations) ? { annotations: textsOf(annotations) } : {}) };
}

function textsOf(annotations: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Each descriptor once, in order. */
export function descriptorsOf(entries: Iterable<unknown>): readonly Descriptor[] {
  const byDigest = new Map<Digest, Descriptor>();
  for (const entry of entries) {
    const node = descriptorOf(entry);
    if (node && !byDigest.has(node.digest)) byDigest.set(node.digest, node);
  }
  return [...byDigest.values()];
}

export function digestsOf(entries: Iterable<unknown>): ReadonlySet<Digest> {
  const digests = new Set<Digest>();
  for (const entry of entries) if (isObject(entry) && typeof entry.digest === 'string') digests.add(entry.digest);
  return digests;
}

/** Adds what is not listed yet. */
export function withEntries(index: IndexFile, nodes: readonly Descriptor[]): IndexFile {
  const listed = digestsOf(index.entries);
  const missing = nodes.filter(({ digest }) => !listed.has(digest));
  return missing.length === 0 ? index : { ...index, entries: [...index.entries, ...missing.map(plainEntry)] };
}

export function withoutDigests(index: IndexFile, digests: ReadonlySet<Digest>): IndexFile {
  const stays = (entry: unknown) => !isObject(entry) || !digests.has(String(entry.digest));
  return { ...index, entries: index.entries.filter(stays) };
}

export function withTag(tags: TagsFile, tag: string, node: Descriptor): TagsFile {
  return new Map(tags).set(tag, plainEntry(node));
}

export function withoutTags(tags: TagsFile, gone: Iterable<string>): TagsFile {
  const rest = new Map(tags);
  for (const tag of gone) rest.delete(tag);
  return rest;
}

/** Tags of each manifest, sorted. */
export function tagsByDigest(tags: TagsFile): ReadonlyMap<Digest, readonly string[]> {
  const byDigest = new Map<Digest, string[]>();
  for (const tag of [...tags.keys()].sort()) {
    const entry = tags.get(tag);
    if (!isObject(entry) || typeof entry.digest !== 'string') continue;
    const known = byDigest.get(entry.digest);
    if (known) known.push(tag);
    else byDigest.set(entry.digest, [tag]);
  }
  return byDigest;
}

/** Tags of one manifest, sorted. */
export function tagsOf(tags: TagsFile, digest: Digest): readonly string[] {
  return tagsByDigest(tags).get(digest) ?? [];
}

/** What kit writes of a descriptor, in Go's order; more keys, such as an annotation with a name, mean nothing here. */
function plainEntry({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
