import { type ParsedKitfile, type ParseOptions, parseKitfile } from '../kitfile/parse.ts';
import type { Call } from './call.ts';

export interface CheckOptions extends ParseOptions {
  /** Absolute path of the Kitfile, where it has one. */
  readonly kitfilePath?: string;
  /** Absolute path of the local store: a layer must not hold it. */
  readonly home?: string;
}

/** A Kitfile with all findings, those of the disk too. */
export type CheckedKitfile = ParsedKitfile;

/**
 * Everything that `pack` would say about a Kitfile, without reading the files' content. An error here is what `pack` refuses.
 * @param folder absolute; undefined where there is no disk to look at
 */
export async function checkKitfile(
  source: Uint8Array | string,
  _folder: string | undefined,
  options: CheckOptions,
  _call: Call = {},
): Promise<CheckedKitfile> {
  return parseKitfile(source, options);
}
