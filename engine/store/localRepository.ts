import { EngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, isDigest } from '../oci/digest.ts';
import { DOCKER_INDEX, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from '../oci/mediaTypes.ts';
import { isTag } from '../oci/reference.ts';
import { addManifest } from './addManifest.ts';
import { isComplete } from './completeness.ts';
import {
  descriptorOf,
  descriptorsOf,
  digestsOf,
  repositoryIndexFormat,
  type TagsFile,
  tagsByDigest,
  tagsFormat,
  tagsOf,
  withoutTags,
  withTag,
} from './indexFiles.ts';
import { readJson } from './jsonFile.ts';
import { assertStorableName, repositoryIndexFile } from './layout.ts';
import { rememberRemoved, rememberTag } from './memory.ts';
import { assertUsable } from './prepare.ts';
import { receiveBlob } from './receiveBlob.ts';
import { finishRemovals, removeManifest } from './removal.ts';
import { redo, redoIfUndone } from './repair.ts';
import { assertOwnFile } from './repositories.ts';
import type { BlobStream, FetchOptions, OpenContent, PushOptions, TagLister, Target } from './store.ts';
import type { StoreContext } from './storeContext.ts';
import { type Transaction, transact } from './transaction.ts';

/** One ModelKit of a repository. */
export interface LocalKit {
  readonly node: Descriptor;
  /** Sorted; empty for an untagged one. */
  readonly tags: readonly string[];
}

const FOLDING_SYSTEMS: readonly string[] = ['darwin', 'win32'];
const MANIFEST_TYPES: readonly string[] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX];

/** One repository of the local store. */
export class LocalRepository implements Target, TagLister {
  /** `registry/repository`. */
  readonly name: string;
  readonly #context: StoreContext;
  readonly #prepare: () => Promise<void>;

  /** @param prepare before the first write */
  constructor(context: StoreContext, name: string, prepare: () => Promise<void>) {
    this.#context = context;
    this.name = name;
    this.#prepare = prepare;
  }

  /** Its ModelKits in the order of its index; entries of other kinds are left out. @throws EngineError STORE_CORRUPT */
  async list(): Promise<readonly LocalKit[]> {
    const [nodes, tags] = await Promise.all([this.#manifests(), this.#tags()]);
    const byDigest = tagsByDigest(tags);
    return nodes.map((node) => ({ node, tags: byDigest.get(node.digest) ?? [] }));
  }

  async *tags(): AsyncIterable<readonly string[]> {
    const tags = await this.#tags();
    if (tags.size > 0) yield [...tags.keys()].sort();
  }

  async resolve(reference: string): Promise<Descriptor> {
    const found = isDigest(reference)
      ? (await this.#manifests()).find(({ digest }) => digest === reference)
      : descriptorOf((await this.#tags()).get(reference));
    if (found) return found;
    throw this.#notFound(reference);
  }

  /** A manifest is there when it is listed here and all that it names is there: only then a copy may skip it. */
  async exists(node: Descriptor): Promise<boolean> {
    if (!MANIFEST_TYPES.includes(node.mediaType)) return this.#context.blobs.has(node);
    if (!(await this.#manifests()).some(({ digest }) => digest === node.digest)) return false;
    return isComplete(this.#context.blobs, node);
  }

  fetch(node: Descriptor, options?: FetchOptions): Promise<BlobStream> {
    return this.#context.blobs.open(node, options);
  }

  async push(node: Descriptor, open: OpenContent, options?: PushOptions): Promise<void> {
    await this.#prepare();
    if (!MANIFEST_TYPES.includes(node.mediaType)) return receiveBlob(this.#context, node, open, options);
    await this.#assertName();
    await addManifest(this.#context, this.name, node, open, options);
  }

  /** @throws EngineError REFERENCE_NOT_FOUND when the manifest is not listed here */
  async tag(node: Descriptor, tag: string, signal?: AbortSignal): Promise<void> {
    assertTag(tag);
    await this.#prepare();
    await this.#assertName();
    await transact(this.#context, signal, async (transaction) => {
      // A kit may have dropped it since it was stored.
      if (!(await this.#lists(transaction, node.digest))) await redo(transaction);
      if (!(await this.#lists(transaction, node.digest))) throw this.#notFound(node.digest);
      await rememberTag(transaction, this.name, tag, node.digest);
      await transaction.changeTags(this.name, (tags) => withTag(tags, tag, node));
      await redoIfUndone(transaction);
    });
  }

  /** Takes a tag away; the manifest stays. @throws EngineError REFERENCE_NOT_FOUND */
  async untag(tag: string, signal?: AbortSignal): Promise<void> {
    await assertUsable(this.#context);
    // Before there is anything, there is no folder for a lock either.
    if (!(await this.#tags()).has(tag)) throw this.#notFound(tag);
    await transact(this.#context, signal, async (transaction) => {
      if (!(await transaction.readTags(this.name)).has(tag)) throw this.#notFound(tag);
      await rememberTag(transaction, this.name, tag, undefined);
      await transaction.changeTags(this.name, (tags) => withoutTags(tags, [tag]));
    });
  }

  /** All tags of a manifest, then the manifest; blobs that no manifest names any more go (spec 4.4). Works on a full disk. */
  async remove(
    digest: Digest,
    signal?: AbortSignal,
    kept?: ReadonlySet<Digest>,
  ): Promise<{ readonly removedTags: readonly string[] }> {
    await assertUsable(this.#context);
    await this.resolve(digest);
    return transact(this.#context, signal, async (transaction) => {
      if (!(await this.#lists(transaction, digest))) throw this.#notFound(digest);
      await finishRemovals(transaction);
      const removedTags = tagsOf(await transaction.readTags(this.name), digest);
      await redo(transaction);
      // First, or an interrupted removal would look like a loss.
      await rememberRemoved(transaction, this.name, digest);
      await removeManifest(transaction, this.name, digest, kept);
      await redoIfUndone(transaction);
      return { removedTags };
    });
  }

  async #lists(transaction: Transaction, digest: Digest): Promise<boolean> {
    return digestsOf((await transaction.readRepositoryIndex(this.name)).entries).has(digest);
  }

  async #manifests(): Promise<readonly Descriptor[]> {
    await this.#assertReadable();
    const { disk, layout } = this.#context;
    const { entries } = await readJson(disk, layout.repositoryIndex(this.name), repositoryIndexFormat);
    return descriptorsOf(entries).filter(({ mediaType }) => mediaType === OCI_MANIFEST);
  }

  async #tags(): Promise<TagsFile> {
    await this.#assertReadable();
    const { disk, layout } = this.#context;
    return readJson(disk, layout.repositoryTags(this.name), tagsFormat);
  }

  /** Elsewhere a disk that ignores case is rare, and a look into the folder for each repository would cost. */
  async #assertReadable(): Promise<void> {
    if (FOLDING_SYSTEMS.includes(process.platform)) await this.#assertName();
  }

  async #assertName(): Promise<void> {
    assertStorableName(this.name);
    await assertOwnFile(this.#context, this.name, repositoryIndexFile(this.name));
  }

  #notFound(reference: string): EngineError {
    return new EngineError('REFERENCE_NOT_FOUND', `${reference} is not in ${this.name} in the local store.`, {
      advice: 'Look what there is with list.',
      facts: { repository: this.name, reference },
    });
  }
}

function assertTag(tag: string): void {
  if (isTag(tag)) return;
  throw new EngineError('REFERENCE_INVALID', `"${tag.slice(0, 200)}" is no tag.`, {
    advice: 'Use letters, digits, dots, dashes and underscores, at most 128.',
    facts: { tag: tag.slice(0, 200) },
  });
}
