import { existsSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptor } from '../../engine/oci/descriptor.ts';
import { fileNameOf } from './localHome.ts';

interface Index {
  readonly schemaVersion: number;
  readonly manifests: readonly Descriptor[] | null;
}

/**
 * A kit that runs beside us: it reads the files of one repository when it starts, and writes them later from memory, in
 * place, without a lock (spec 4.6).
 */
export class FakeKit {
  readonly #index: string;
  readonly #own: string;
  readonly #tags: string;
  #manifests: Descriptor[];
  #listed: Descriptor[];
  #tagged: Record<string, Descriptor>;

  constructor(home: string, repository: string) {
    const storage = join(home, 'storage');
    this.#index = join(storage, 'index.json');
    this.#own = join(storage, `${fileNameOf(repository)}-index.json`);
    this.#tags = join(storage, `${fileNameOf(repository)}-tags.json`);
    this.#manifests = manifestsOf(this.#index);
    this.#listed = manifestsOf(this.#own);
    this.#tagged = read<Record<string, Descriptor>>(this.#tags) ?? {};
  }

  /** The end of a pack that began when this kit started. */
  add(node: Descriptor, tag: string): void {
    this.#manifests = [...this.#manifests.filter(({ digest }) => digest !== node.digest), node];
    this.saveIndex();
    this.#listed = [...this.#listed, node];
    this.#tagged = { ...this.#tagged, [tag]: node };
    this.save();
  }

  saveIndex(): void {
    write(this.#index, {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: this.#manifests,
    });
  }

  /** In the middle of `save`: kit writes in place. */
  cutIndex(): void {
    writeFileSync(this.#own, '{"schemaVersion":2,"mani');
  }

  save(): void {
    if (Object.keys(this.#tagged).length === 0) remove(this.#tags);
    else write(this.#tags, this.#tagged);
    if (this.#listed.length === 0) remove(this.#own);
    else write(this.#own, { schemaVersion: 2, manifests: this.#listed });
  }
}

function manifestsOf(path: string): Descriptor[] {
  return [...(read<Index>(path)?.manifests ?? [])];
}

function read<T>(path: string): T | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function write(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
}

function remove(path: string): void {
  if (existsSync(path)) unlinkSync(path);
}

/** What a pull of kit ends with, and a pack: everything in these folders goes, whoever made it. */
export function emptyKitFolders(home: string): void {
  for (const folder of ['storage/ingest', 'cache/pack']) rmSync(join(home, folder), { recursive: true, force: true });
}
