import { throwIfCancelled, type WarningCode } from '../errors.ts';
import { Breather } from './breather.ts';
import { shownName } from './fileName.ts';
import { FreeSpace } from './freeSpace.ts';
import type { LayerExtraction } from './layerExtraction.ts';
import { type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from './limits.ts';
import { Placement } from './placement.ts';
import { hasBytes } from './sameContent.ts';
import { foldsNames, Spelling } from './spelling.ts';
import { Staging } from './staging.ts';
import { TargetTree } from './targetTree.ts';
import { type WantedEntry, type WantedOptions, wantedEntries } from './wantedEntries.ts';

export interface ExtractionOptions {
  /** Absolute, exists, links resolved. */
  readonly target: string;
  readonly overwrite: boolean;
  /** Wins over `overwrite`. */
  readonly ignoreExisting: boolean;
  /** A ModelPack may hold links, which are left out (spec 9.4); in a ModelKit they are refused. */
  readonly links: 'refuse' | 'skip';
  readonly signal?: AbortSignal;
  readonly onWarning?: (code: WarningCode, message: string) => void;
  readonly limits?: Partial<ArchiveLimits>;
  /** Whether the target's disk takes names for equal that differ in case only; probed unless told. */
  readonly foldsNames?: boolean;
}

export interface ExtractionResult {
  readonly files: number;
  readonly bytes: number;
  /** Files that were there already and stayed. */
  readonly skipped: number;
}

interface Stage {
  readonly staging: Staging;
  readonly placement: Placement;
}

/**
 * Unpacks layers into a folder (spec 6.4, 6.5; bad-inputs D). A layer becomes visible when its content has ended well, and
 * no link is followed. After `finish` or `abort` nothing of ours is left there but the files.
 */
export class Extraction {
  readonly #options: ExtractionOptions;
  readonly #limits: ArchiveLimits;
  readonly #tree: TargetTree;
  readonly #space: FreeSpace;
  readonly #rehearsal: Placement;
  #placement: Placement | undefined;
  #staging: Staging | undefined;
  #files = 0;
  #bytes = 0;
  #skipped = 0;

  constructor(options: ExtractionOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_ARCHIVE_LIMITS, ...options.limits };
    this.#tree = new TargetTree(options.target);
    this.#space = new FreeSpace(options.target);
    this.#rehearsal = new Placement(this.#tree, options, undefined);
  }

  /**
   * Goes through a layer as `layer` does, without writing: what would be refused half-way is refused before the first write
   * (bad-inputs D14). For a content that is cheap to read twice.
   */
  async check(content: AsyncIterable<Uint8Array>, layer: LayerExtraction): Promise<void> {
    this.#rehearsal.startLayer(layer.label);
    const breather = new Breather(this.#options.signal);
    for await (const entry of wantedEntries(content, layer, this.#wanted(false))) {
      await breather.pause();
      if (entry.kind === 'folder') this.#rehearsal.folder(entry.path);
      else this.#rehearsal.file(entry.path);
    }
  }

  /**
   * A layer whose content turned out to be wrong may be given again.
   * @param content throws at its end when digest or size are wrong
   * @throws EngineError ARCHIVE_*, TARGET_*, DISK_FULL, PERMISSION_DENIED, CANCELLED, what the content throws
   */
  async layer(content: AsyncIterable<Uint8Array>, layer: LayerExtraction): Promise<void> {
    const { signal } = this.#options;
    throwIfCancelled(signal);
    const stage = await this.#prepare();
    const before = { bytes: this.#bytes, skipped: this.#skipped };
    stage.placement.startLayer(layer.label);
    try {
      await this.#stageAll(content, layer, stage);
      throwIfCancelled(signal);
      const moved = await stage.staging.moveAll(stage.placement, signal);
      this.#files += moved.files;
      this.#skipped += moved.skipped;
    } catch (error) {
      this.#discard();
      stage.placement.forgetLayer();
      this.#bytes = before.bytes;
      this.#skipped = before.skipped;
      // A stream that a cancel has destroyed may fail in its own words first.
      throwIfCancelled(signal);
      throw error;
    }
  }

  /** Writes a file of our own making, the Kitfile: see the first rows of the table in spec 6.4. */
  async file(path: string, bytes: Uint8Array, mode: number): Promise<void> {
    const { staging, placement } = await this.#prepare();
    placement.startLayer(shownName(path));
    if (placement.made(path, () => hasBytes(this.#tree.at(path), bytes)) === 'skip') return;
    const content = { bytes: once(bytes), size: bytes.byteLength };
    this.#bytes += await staging.addFile(path, content, { mode, arrival: 'decided' });
    this.#files += (await staging.moveAll(placement, this.#options.signal)).files;
  }

  /** Sets the modes of folders and takes away the temporaries. */
  async finish(): Promise<ExtractionResult> {
    this.#discard();
    this.#tree.setModes();
    return { files: this.#files, bytes: this.#bytes, skipped: this.#skipped };
  }

  /** Takes away the temporaries, the files that were new, and the folders that were made for nothing. */
  async abort(): Promise<void> {
    this.#discard();
    this.#tree.removeNewFiles();
    this.#tree.removeEmpty();
    this.#tree.setModes();
  }

  async #stageAll(
    content: AsyncIterable<Uint8Array>,
    layer: LayerExtraction,
    { staging, placement }: Stage,
  ): Promise<void> {
    const breather = new Breather(this.#options.signal);
    for await (const entry of wantedEntries(content, layer, this.#wanted(true))) {
      await breather.pause();
      if (entry.kind === 'file') {
        await this.#stageFile(entry, { staging, placement });
        continue;
      }
      placement.folder(entry.path);
      staging.addFolder(entry.path, entry.mode);
    }
  }

  async #stageFile({ path, body, size, mode }: WantedEntry, { staging, placement }: Stage): Promise<void> {
    const verdict = placement.file(path);
    if (verdict === 'skip') {
      this.#skipped += 1;
      // What is skipped is read all the same: its end tells whether the layer was right.
      for await (const _ of body);
      return;
    }
    if (size !== undefined) await this.#space.claim(size);
    const bytes = size === undefined ? this.#claiming(body) : body;
    const { signal } = this.#options;
    const arrival = verdict === 'compare' ? 'compared' : 'asked';
    this.#bytes += await staging.addFile(path, { bytes, size }, { mode, arrival, ...(signal ? { signal } : {}) });
  }

  async *#claiming(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      await this.#space.claim(chunk.byteLength);
      yield chunk;
    }
  }

  #wanted(warn: boolean): WantedOptions {
    const { links, onWarning } = this.#options;
    return { limits: this.#limits, links, ...(warn && onWarning ? { onWarning } : {}) };
  }

  /** The temporaries' folder is made when it is first needed: a refused unpack writes nothing. */
  async #prepare(): Promise<Stage> {
    const staging = this.#staging ?? (await Staging.open(this.#tree));
    this.#staging = staging;
    this.#placement ??= new Placement(this.#tree, this.#options, this.#spelling(staging));
    return { staging, placement: this.#placement };
  }

  #spelling({ folder }: Staging): Spelling | undefined {
    return (this.#options.foldsNames ?? foldsNames(folder)) ? new Spelling() : undefined;
  }

  #discard(): void {
    this.#staging?.discard();
    this.#staging = undefined;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
