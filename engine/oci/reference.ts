import { EngineError } from '../errors.ts';
import { type Digest, isDigest } from './digest.ts';

/** Where a ModelKit is: spec section 4.8. `tag` and `digest` are both absent where the text gave neither. */
export interface Reference {
  /** Host with port; `localhost` without a port means "local only" (spec 4.7). */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** Further tags after a comma, as they were written. */
  readonly extraTags: readonly string[];
}

/** A name for "only in the local store" (spec 4.7). */
export const LOCAL_REGISTRY = 'localhost';
/** Where ModelKits without a name are (spec 4.4). */
export const NAMELESS_REPOSITORY = '_';
export const DEFAULT_TAG = 'latest';

const PATH = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${PATH}(?:/${PATH})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const MAX_LENGTH = 4096;

/** True for a tag as the distribution-spec allows it. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Reads `[registry/]repository[:tag][@digest][,tag…]` or a bare digest as kit does (spec 4.8), but leaves the tag away
 * where none was given.
 * @throws EngineError REFERENCE_INVALID
 */
export function parseReference(text: string): Reference {
  if (text.startsWith('sha') && isDigest(text))
    return { registry: LOCAL_REGISTRY, repository: NAMELESS_REPOSITORY, digest: text, extraTags: [] };
  if (text.length > MAX_LENGTH) throw invalid(text, 'it is too long');
  const [main = '', ...extraTags] = text.split(',');
  const { registry, rest } = splitRegistry(main);
  const { repository, tag, digest } = splitRepository(rest);
  checkRegistry(registry, text);
  checkRepository(repository, text);
  if (tag !== undefined && !isTag(tag)) throw invalid(text, 'the part after the colon is no tag');
  if (digest !== undefined && !isDigest(digest)) throw invalid(text, 'the part after the @ is no digest');
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    extraTags,
  };
}

/** The first segment is a registry when it has a colon or dot, and something follows. */
function splitRegistry(text: string): { registry: string; rest: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  if (!/[:.]/.test(first)) return { registry: LOCAL_REGISTRY, rest: text };
  return { registry: first, rest: text.slice(slash + 1) };
}

/** A tag before a digest is dropped. */
function splitRepository(text: string): { repository: string; tag?: string; digest?: string } {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const colon = name.indexOf(':');
  const repository = colon < 0 ? name : name.slice(0, colon);
  if (at >= 0) return { repository, digest: text.slice(at + 1) };
  return colon < 0 ? { repository } : { repository, tag: name.slice(colon + 1) };
}

function checkRegistry(registry: string, text: string): void {
  if (HOST.test(registry)) return;
  throw invalid(text, 'its first part is no host');
}

function checkRepository(repository: string, text: string): void {
  if (repository !== repository.toLowerCase())
    throw invalid(text, `repository (${shown(repository)}) name must be lowercase`);
  if (!/[a-z0-9]/.test(repository))
    throw invalid(text, `repository (${shown(repository)}) must start and end with a letter or number`);
  if (!REPOSITORY.test(repository))
    throw invalid(text, 'the name of the repository has a character that is not allowed');
}

function invalid(text: string, why: string): EngineError {
  return new EngineError('REFERENCE_INVALID', `"${shown(text)}" is not a reference to a ModelKit: ${why}.`, {
    advice: 'Write it like registry.example.com/team/model:1.0.0; without a registry it is local.',
    facts: { reference: shown(text) },
  });
}

function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, '?').slice(0, 200);
}

/** With the tag `latest` where neither tag nor digest was given. */
export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: DEFAULT_TAG } : reference;
}

/** `registry/repository`. */
export function repositoryName({ registry, repository }: Pick<Reference, 'registry' | 'repository'>): string {
  return `${registry}/${repository}`;
}

/** The full form: `registry/repository:tag` or `…@digest`. */
export function formatReference(reference: Reference): string {
  const name = repositoryName(reference);
  if (reference.digest !== undefined) return `${name}@${reference.digest}`;
  return reference.tag === undefined ? name : `${name}:${reference.tag}`;
}

/** As kit shows it: the prefixes `localhost/`, `_` and `@` are cut off, in this order (spec 4.7). */
export function displayReference(reference: Reference): string {
  return displayName(formatReference(reference));
}

/** The same for a text in full form, such as the name of a local repository: it reads back as a reference. */
export function displayName(full: string): string {
  return full
    .replace(/^localhost\//, '')
    .replace(/^_/, '')
    .replace(/^@/, '');
}

/** True for what no registry can be asked for (spec 4.7). */
export function isLocalOnly({ registry }: Pick<Reference, 'registry'>): boolean {
  return registry === LOCAL_REGISTRY;
}
