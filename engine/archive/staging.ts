import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { fromSystemError } from '../errors.ts';
import { Breather } from './breather.ts';
import { shownName } from './fileName.ts';
import type { Placement } from './placement.ts';
import { sameContent } from './sameContent.ts';
import { type Content, writeNewFile } from './stagedFile.ts';
import type { TargetTree } from './targetTree.ts';
import { isLeftover, temporaryName } from './temporaryName.ts';

/** How a staged file comes to its place: after the table's rules were asked once more, or without, or only compared. */
export type Arrival = 'asked' | 'decided' | 'compared';

interface PendingFile {
  readonly kind: 'file';
  readonly path: string;
  readonly temporary: string;
  readonly arrival: Arrival;
}

type Pending = PendingFile | { readonly kind: 'folder'; readonly path: string; readonly mode: number };

export interface Moved {
  readonly files: number;
  readonly skipped: number;
}

/**
 * The files of a layer, in a folder of ours inside the target, until the layer turned out to be right; then they are renamed
 * to their places. The old files stay untouched until then (bad-inputs D17).
 */
export class Staging {
  readonly folder: string;
  readonly #tree: TargetTree;
  #pending: Pending[] = [];
  #count = 0;

  private constructor(tree: TargetTree, folder: string) {
    this.#tree = tree;
    this.folder = folder;
  }

  /** Makes the folder; also takes away what dead runs left in this target. @throws EngineError PERMISSION_DENIED, DISK_FULL */
  static async open(tree: TargetTree): Promise<Staging> {
    const folder = `${tree.root}/${await temporaryName()}`;
    try {
      for (const name of readdirSync(tree.root))
        if (await isLeftover(name)) rmSync(`${tree.root}/${name}`, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      throw fromSystemError(error, `write into ${tree.root}`);
    }
    return new Staging(tree, folder);
  }

  addFolder(path: string, mode: number): void {
    this.#pending.push({ kind: 'folder', path, mode });
  }

  /** @returns the bytes written */
  async addFile(
    path: string,
    content: Content,
    { mode, arrival, signal }: { readonly mode: number; readonly arrival: Arrival; readonly signal?: AbortSignal },
  ): Promise<number> {
    this.#count += 1;
    const temporary = `${this.folder}/${this.#count}`;
    const written = await writeNewFile(temporary, content, mode, shownName(path), signal);
    this.#pending.push({ kind: 'file', path, temporary, arrival });
    return written;
  }

  /** Everything to its place, in the order of the archive. */
  async moveAll(placement: Placement, signal: AbortSignal | undefined): Promise<Moved> {
    const pending = this.#pending;
    this.#pending = [];
    const breather = new Breather(signal);
    let files = 0;
    let skipped = 0;
    for (const item of pending) {
      await breather.pause();
      if (item.kind === 'folder') this.#moveFolder(item);
      else if (this.#moveFile(item, placement)) files += 1;
      else skipped += 1;
    }
    return { files, skipped };
  }

  /** Takes away all that has no place yet. */
  discard(): void {
    this.#pending = [];
    rmSync(this.folder, { recursive: true, force: true });
  }

  #moveFolder({ path, mode }: { readonly path: string; readonly mode: number }): void {
    const found = this.#tree.look(path);
    if (!found?.isSymbolicLink()) this.#tree.makeFolder(path, mode);
  }

  /** @returns false when the file that is there stays */
  #moveFile({ path, temporary, arrival }: PendingFile, placement: Placement): boolean {
    const place = this.#tree.at(path);
    if (arrival === 'compared') {
      if (!sameContent(place, temporary)) throw placement.conflict(path);
      unlinkSync(temporary);
      return true;
    }
    const old = this.#tree.look(path);
    if (arrival === 'asked' && placement.onDisk(path, old) === 'skip') return false;
    this.#tree.prepareParent(path);
    try {
      if (old) chmodSync(temporary, old.mode & 0o777);
      renameSync(temporary, place);
      this.#tree.noteFile(path, old !== undefined);
    } catch (error) {
      throw fromSystemError(error, `write ${shownName(path)}`);
    }
    return true;
  }
}
