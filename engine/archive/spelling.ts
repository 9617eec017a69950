import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { EngineError } from '../errors.ts';
import { shownName } from './fileName.ts';
import { portableKey } from './portableName.ts';
import { parentOf } from './targetTree.ts';

/** In two Unicode forms and two cases: a disk that folds finds it under the other spelling. */
const PROBE = 'probe-é'.normalize('NFC');
const OTHER_CASE = PROBE.toUpperCase();
const OTHER_FORM = PROBE.normalize('NFD');

/** True when the disk takes names for equal that differ in case or Unicode form. @param folder one of ours, empty */
export function foldsNames(folder: string): boolean {
  mkdirSync(`${folder}/${PROBE}`);
  try {
    return [OTHER_CASE, OTHER_FORM].some(
      (name) => lstatSync(`${folder}/${name}`, { throwIfNoEntry: false }) !== undefined,
    );
  } finally {
    rmdirSync(`${folder}/${PROBE}`);
  }
}

/** On a disk that folds names, refuses the second spelling of a path before it is written (bad-inputs D12). */
export class Spelling {
  readonly #paths = new Map<string, string>();

  /** @throws EngineError TARGET_CONFLICT */
  claim(path: string): void {
    for (let part = path; part !== '.'; part = parentOf(part)) {
      const key = portableKey(part);
      const known = this.#paths.get(key);
      if (known === undefined) this.#paths.set(key, part);
      else if (known === part) return;
      else throw collision(known, part);
    }
  }
}

function collision(one: string, other: string): EngineError {
  const [first, second] = [shownName(one), shownName(other)];
  return new EngineError('TARGET_CONFLICT', `This disk cannot hold both ${first} and ${second}.`, {
    advice: 'Unpack to a disk that tells upper from lower case.',
    facts: { first, second },
  });
}
