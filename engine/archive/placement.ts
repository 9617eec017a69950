import { type Stats, statSync } from 'node:fs';
import { EngineError } from '../errors.ts';
import { unsafe } from './archiveErrors.ts';
import { shownName } from './fileName.ts';
import type { Spelling } from './spelling.ts';
import { inTheWay, parentOf, type TargetTree } from './targetTree.ts';

export interface PlacementRules {
  readonly overwrite: boolean;
  readonly ignoreExisting: boolean;
}

/** `compare`: another layer has put a file there, and the bytes must be equal. */
export type FileVerdict = 'write' | 'skip' | 'compare';

const OVERWRITE = 'Unpack into another folder, or overwrite with -o.';

interface Taken {
  readonly kind: 'file' | 'folder';
  /** The layer that had it first, as it is called in messages. */
  readonly label: string;
  /** Counts the layers. */
  readonly layer: number;
}

/** Decides about every path of an unpack: the table of spec 6.4, and what two entries may not do (bad-inputs D11, D12, D14). */
export class Placement {
  readonly #tree: TargetTree;
  readonly #rules: PlacementRules;
  readonly #spelling: Spelling | undefined;
  readonly #taken = new Map<string, Taken>();
  #label = '';
  #layer = 0;
  /** What this layer took from an earlier one. */
  readonly #before = new Map<string, Taken>();

  /** @param spelling for a disk that folds names */
  constructor(tree: TargetTree, rules: PlacementRules, spelling: Spelling | undefined) {
    this.#tree = tree;
    this.#rules = rules;
    this.#spelling = spelling;
  }

  startLayer(label: string): void {
    this.#label = label;
    this.#layer += 1;
    this.#before.clear();
  }

  /** Forgets the layer, which failed before anything of it was seen. */
  forgetLayer(): void {
    for (const [path, { layer }] of this.#taken) if (layer === this.#layer) this.#taken.delete(path);
    for (const [path, taken] of this.#before) this.#taken.set(path, taken);
    this.#before.clear();
  }

  /** @throws EngineError TARGET_EXISTS, TARGET_CONFLICT, ARCHIVE_UNSAFE */
  file(path: string): FileVerdict {
    const taken = this.#take(path);
    if (!taken) return this.onDisk(path);
    if (this.#rules.ignoreExisting) return 'skip';
    return this.#rules.overwrite ? 'write' : 'compare';
  }

  /**
   * A file of our own making, the Kitfile: the same bytes are fine, and `-i` does not count.
   * @throws EngineError as `file`
   */
  made(path: string, isSame: () => boolean): 'write' | 'skip' {
    this.#take(path);
    const found = this.#tree.look(path);
    if (!found) return 'write';
    assertRegular(path, found);
    if (this.#rules.overwrite) return 'write';
    if (isSame()) return 'skip';
    throw inTheWay(path, "is there already, and is not this ModelKit's", OVERWRITE);
  }

  /** @throws EngineError as `file` */
  folder(path: string): void {
    if (path === '.') return;
    this.#spelling?.claim(path);
    this.#takeFolders(path);
    const found = this.#tree.look(path);
    if (found && !found.isDirectory() && !this.#isLinkToFolder(path, found))
      throw inTheWay(path, 'is there already and is not a folder');
  }

  /** What may happen to a file's place as the disk is now; asked again right before it happens. */
  onDisk(path: string, found: Stats | undefined = this.#tree.look(path)): 'write' | 'skip' {
    if (!found) return 'write';
    if (this.#rules.ignoreExisting) return 'skip';
    assertRegular(path, found);
    if (this.#rules.overwrite) return 'write';
    throw inTheWay(path, 'is there already', `${OVERWRITE.slice(0, -1)}, or skip what is there with -i.`);
  }

  conflict(path: string): EngineError {
    return this.#conflict(path, this.#taken.get(path));
  }

  /** @returns which earlier layer has a file there */
  #take(path: string): Taken | undefined {
    this.#spelling?.claim(path);
    this.#takeFolders(parentOf(path));
    const taken = this.#taken.get(path);
    if (taken?.layer === this.#layer || taken?.kind === 'folder') throw this.#conflict(path, taken);
    if (taken) this.#before.set(path, taken);
    this.#taken.set(path, { kind: 'file', label: taken?.label ?? this.#label, layer: this.#layer });
    return taken;
  }

  #takeFolders(path: string): void {
    for (let folder = path; folder !== '.'; folder = parentOf(folder)) {
      const taken = this.#taken.get(folder);
      if (taken?.kind === 'folder') return;
      if (taken) throw this.#conflict(folder, taken);
      this.#taken.set(folder, { kind: 'folder', label: this.#label, layer: this.#layer });
    }
  }

  /** The link stays; a file below it would be refused. */
  #isLinkToFolder(path: string, found: Stats): boolean {
    return found.isSymbolicLink() && statSync(this.#tree.at(path), { throwIfNoEntry: false })?.isDirectory() === true;
  }

  #conflict(path: string, taken: Taken | undefined): EngineError {
    const shown = shownName(path);
    const layers = [taken?.label ?? this.#label, this.#label];
    const where = layers[0] === layers[1] ? `twice in the ${this.#label}` : `in the ${layers.join(' and in the ')}`;
    return new EngineError('TARGET_CONFLICT', `${shown} is ${where}, with different content.`, {
      advice: 'Unpack one of them, or overwrite with -o: then the later one wins.',
      facts: { path: shown, layers },
    });
  }
}

function assertRegular(path: string, found: Stats): void {
  if (found.isSymbolicLink()) throw unsafe(path, 'there is a link in its place, and no link is followed');
  if (!found.isFile()) throw inTheWay(path, 'is there already and is not a file');
}
