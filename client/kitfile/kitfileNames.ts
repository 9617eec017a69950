import { posix } from 'node:path';
import { KITFILE_NAMES } from '#engine';

export const KITFILE_GLOB = `**/{${KITFILE_NAMES.join(',')},*.kitfile}`;

/** True for the path of a Kitfile, also of one that is named otherwise, such as `train.kitfile`. */
export function isKitfileName(path: string): boolean {
  const name = posix.basename(path);
  return name.endsWith('.kitfile') || KITFILE_NAMES.includes(name);
}
