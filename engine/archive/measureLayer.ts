import { EngineError, throwIfCancelled } from '../errors.ts';
import { Breather } from './breather.ts';
import { type Walked, walkLayer } from './contextWalk.ts';
import { shownName } from './fileName.ts';
import type { LayerSource } from './layerSource.ts';
import type { LayerWarning } from './layerWarning.ts';
import { PortabilityWatch } from './portabilityWatch.ts';

/** What a layer will hold. */
export interface LayerMeasure {
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
  /** The first 10 things that are neither file nor folder; they are left out. */
  readonly skipped: readonly string[];
  readonly skippedCount: number;
  readonly warnings: readonly LayerWarning[];
}

const SHOWN = 10;

/**
 * Walks a layer without reading its files: refuses what cannot be packed and tells what is odd.
 * @throws EngineError PATH_*, FILE_UNREADABLE, ARCHIVE_LIMIT, CANCELLED
 */
export async function measureLayer(source: LayerSource, signal?: AbortSignal): Promise<LayerMeasure> {
  throwIfCancelled(signal);
  const breather = new Breather(signal);
  const tally = new Tally(source);
  for (const walked of walkLayer(source)) {
    tally.add(walked);
    await breather.pause();
  }
  return tally.measure();
}

class Tally {
  readonly #source: LayerSource;
  readonly #portability: PortabilityWatch;
  readonly #skipped: string[] = [];
  #files = 0;
  #folders = 0;
  #bytes = 0;
  #skippedCount = 0;
  #links = 0;

  constructor(source: LayerSource) {
    this.#source = source;
    this.#portability = new PortabilityWatch(label(source));
  }

  add(walked: Walked): void {
    this.#portability.add(walked);
    switch (walked.kind) {
      case 'file':
        this.#files += 1;
        this.#bytes += walked.size;
        return;
      case 'folder':
        this.#folders += 1;
        return;
      case 'skipped':
        this.#skippedCount += 1;
        if (walked.what === 'link') this.#links += 1;
        if (this.#skipped.length < SHOWN) this.#skipped.push(`${shownName(walked.path)} (${walked.what})`);
        return;
      case 'alike':
        return;
    }
  }

  measure(): LayerMeasure {
    if (this.#files === 0 && this.#links > 0) throw this.#nothingButLinks();
    return {
      files: this.#files,
      folders: this.#folders,
      bytes: this.#bytes,
      skipped: this.#skipped,
      skippedCount: this.#skippedCount,
      warnings: [...this.#skippedWarnings(), ...this.#emptyWarnings(), ...this.#portability.warnings()],
    };
  }

  #skippedWarnings(): readonly LayerWarning[] {
    if (this.#skippedCount === 0) return [];
    const more = this.#skippedCount - this.#skipped.length;
    const rest = more > 0 ? `, and ${more} more` : '';
    const message = `The ${label(this.#source)} leaves out what is no file or folder: ${this.#skipped.join(', ')}${rest}.`;
    return [{ code: 'FILE_SKIPPED', message }];
  }

  #emptyWarnings(): readonly LayerWarning[] {
    const { ignore, path } = this.#source;
    // The check of the Kitfile has said that its path is ignored.
    if (this.#bytes > 0 || (path !== '.' && ignore.ignores(path))) return [];
    return [{ code: 'LAYER_EMPTY', message: `The ${label(this.#source)} has no files, or empty ones only.` }];
  }

  /** As in a Hugging Face cache, where every file is a link to a blob: the model would be lost (bad-inputs A10). */
  #nothingButLinks(): EngineError {
    const path = shownName(this.#source.path);
    return new EngineError(
      'PATH_UNSUPPORTED',
      `The ${label(this.#source)} holds links and no files: nothing would be packed.`,
      {
        advice: 'Put the files themselves there, for example with "cp -rL".',
        facts: { path, links: this.#skipped },
      },
    );
  }
}

function label({ kind, path }: LayerSource): string {
  return `${kind} layer ${shownName(path)}`;
}
