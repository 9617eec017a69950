import { decodeName } from '../archive/fileName.ts';
import { folderEntries } from '../archive/folderEntries.ts';
import type { IgnoreRules } from '../archive/ignoreRules.ts';
import { LayerOwnership } from '../archive/layerOwnership.ts';
import { kindOfEntry, type PathKind } from '../archive/pathDisk.ts';
import { throwIfCancelled } from '../errors.ts';

/** How many names all layers of a Kitfile may show before the rest is left to `pack`: a fraction of a second. */
const MOST_NAMES = 10_000;

/** What is known of a layer's content without reading a file. */
export interface LayerSurvey {
  /** The first path with two dots in a row, which kit cannot unpack. */
  readonly dotted?: string;
  /** There are links, and no file that would be packed. */
  readonly onlyLinks: boolean;
}

const UNKNOWN: LayerSurvey = { onlyLinks: false };

/** The same walk as that of `pack`, without blocking and with an end (spec 2.2, 2.5). */
export class LayerSurveyor {
  readonly #context: string;
  readonly #ignore: IgnoreRules;
  readonly #paths: readonly string[];
  readonly #signal: AbortSignal | undefined;
  #left = MOST_NAMES;

  /** @param paths of all layers, as cleaned */
  constructor(context: string, ignore: IgnoreRules, paths: readonly string[], signal: AbortSignal | undefined) {
    this.#context = context;
    this.#ignore = ignore;
    this.#paths = paths;
    this.#signal = signal;
  }

  /** @param layer the path of a folder, as cleaned */
  async survey(layer: string): Promise<LayerSurvey> {
    const inner = this.#paths.filter((path) => path !== layer && (layer === '.' || path.startsWith(`${layer}/`)));
    const ownership = new LayerOwnership(layer, inner);
    const isOut = (path: string) => this.#ignore.ignores(path) || ownership.owner(path) !== undefined;
    if (layer !== '.' && isOut(layer) && !this.#ignore.hasExceptions) return UNKNOWN;
    const folders = [layer];
    let files = 0;
    let links = 0;
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for await (const { path, kind } of this.#list(folder)) {
        if (this.#left === 0) return UNKNOWN;
        this.#left -= 1;
        const out = isOut(path);
        if (!out && (kind === 'file' || kind === 'folder') && path.includes('..'))
          return { dotted: path, onlyLinks: false };
        if (!out && kind === 'file') files += 1;
        if (!out && kind === 'link') links += 1;
        if (kind === 'folder' && (!out || this.#ignore.hasExceptions)) folders.push(path);
      }
    }
    return { onlyLinks: files === 0 && links > 0 };
  }

  /** What cannot be read is refused by `pack`, which says more than could be said here. */
  async *#list(folder: string): AsyncGenerator<{ readonly path: string; readonly kind: PathKind }> {
    throwIfCancelled(this.#signal);
    const full = folder === '.' ? this.#context : `${this.#context}/${folder}`;
    for await (const entry of await folderEntries(full).catch(() => [])) {
      const name = decodeName(entry.name);
      yield { path: folder === '.' ? name : `${folder}/${name}`, kind: kindOfEntry(entry) };
    }
  }
}
