import type { Walked } from './contextWalk.ts';
import { shownName } from './fileName.ts';
import type { LayerWarning } from './layerWarning.ts';
import { portableKey, windowsProblem } from './portableName.ts';

const SHOWN = 10;
/** In a folder with more names than this, names that differ in case are not looked for: memory stays flat. */
const MAX_COMPARED = 100_000;

/** A warning about some paths: all are counted, the first ones shown. */
class Finding {
  readonly #shown: string[] = [];
  #count = 0;

  add(path: string): void {
    this.#count += 1;
    if (this.#shown.length < SHOWN) this.#shown.push(shownName(path));
  }

  warnings(sentence: (paths: string) => string): readonly LayerWarning[] {
    if (this.#count === 0) return [];
    const more = this.#count - this.#shown.length;
    return [
      { code: 'PORTABILITY', message: sentence(this.#shown.join(', ') + (more > 0 ? `, and ${more} more` : '')) },
    ];
  }
}

/** Collects what some `kit` or some system cannot read (bad-inputs A19, A24). */
export class PortabilityWatch {
  readonly #label: string;
  readonly #windows = new Finding();
  readonly #colliding = new Finding();
  readonly #orphans = new Finding();
  readonly #alike = new Finding();
  /** Names seen in each folder from the top to the current one. */
  readonly #folders: { readonly path: string; readonly keys: Set<string> }[] = [];

  constructor(label: string) {
    this.#label = label;
  }

  add(walked: Walked): void {
    if (walked.kind === 'skipped') return;
    if (walked.kind === 'alike') this.#alike.add(`${walked.path} (like ${walked.other})`);
    else this.#addPacked(walked.path, walked.orphan);
  }

  #addPacked(path: string, orphan: boolean): void {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    if (windowsProblem(name) !== undefined) this.#windows.add(path);
    if (orphan) this.#orphans.add(path);
    if (this.#collides(slash === -1 ? '' : path.slice(0, slash), name)) this.#colliding.add(path);
  }

  warnings(): readonly LayerWarning[] {
    const layer = this.#label;
    return [
      ...this.#windows.warnings((paths) => `Windows cannot hold these names in the ${layer}: ${paths}.`),
      ...this.#colliding.warnings(
        (paths) => `In the ${layer} these names differ from others in case or Unicode form only: ${paths}.`,
      ),
      ...this.#orphans.warnings(
        (paths) => `kit before 1.15 cannot unpack the ${layer}: .kitignore leaves out the folder of ${paths}.`,
      ),
      ...this.#alike.warnings(
        (paths) => `As kit does, the ${layer} leaves out what begins like the path of another layer: ${paths}.`,
      ),
    ];
  }

  #collides(folder: string, name: string): boolean {
    while (this.#folders.length > 0 && !isAbove(this.#folders.at(-1)?.path ?? '', folder)) this.#folders.pop();
    let last = this.#folders.at(-1);
    if (last?.path !== folder) {
      last = { path: folder, keys: new Set() };
      this.#folders.push(last);
    }
    const key = portableKey(name);
    if (last.keys.has(key)) return true;
    if (last.keys.size < MAX_COMPARED) last.keys.add(key);
    return false;
  }
}

function isAbove(folder: string, path: string): boolean {
  return folder === '' || folder === path || path.startsWith(`${folder}/`);
}
