import { cleanPath } from './cleanPath.ts';
import { trimSpace } from './trimSpace.ts';

/**
 * Which other layer has a path: the deepest layer wins (spec 2.5). kit compares strings, not names, so a layer `data`
 * also takes `data.csv` away from the others; ours makes the same bytes and warns (bad-inputs A24).
 */
export class LayerOwnership {
  readonly #others: readonly string[];

  constructor(layerPath: string, otherPaths: readonly string[]) {
    const own = asCompared(layerPath);
    this.#others = otherPaths.map(asCompared).filter((other) => !own.startsWith(other));
  }

  /** The other layer's path that keeps this path out of ours; undefined when none does. */
  owner(path: string): string | undefined {
    if (this.#others.length === 0) return undefined;
    const compared = asCompared(path);
    return this.#others.find((other) => compared.startsWith(other));
  }
}

/** True when the path is the folder or inside it; false when its name only begins alike. */
export function isInside(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function asCompared(path: string): string {
  return cleanPath(trimSpace(path));
}
