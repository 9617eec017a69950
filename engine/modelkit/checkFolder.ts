import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { positionAt } from '../kitfile/position.ts';
import type { Problem } from '../kitfile/problem.ts';
import type { Call } from './call.ts';
import { checkKitfile } from './check.ts';
import { type KitfileChoice, type PackSource, readPackSource } from './packSource.ts';

export interface CheckFolderOptions {
  /** As in `pack`. */
  readonly kitfile?: KitfileChoice;
  readonly strict?: boolean;
}

/** A finding with its place for people. */
export interface PlacedProblem extends Problem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface FolderCheck {
  /** Absolute; absent for a text. */
  readonly kitfile?: string;
  /** In the order of the text. */
  readonly problems: readonly PlacedProblem[];
}

/**
 * What the editor would say about the Kitfile of a folder, or about that file; an error is what `pack` refuses.
 * @throws EngineError KITFILE_NOT_FOUND, PATH_NOT_FOUND for the folder, FILE_UNREADABLE
 */
export async function checkFolder(
  { home }: { readonly home: string },
  folder: string,
  { kitfile, strict = false }: CheckFolderOptions = {},
  call: Call = {},
): Promise<FolderCheck> {
  const source = await sourceOf(folder, kitfile);
  const { text, problems } = await checkKitfile(source.source, source.folder, { home, strict, ...source }, call);
  return {
    ...(source.kitfilePath === undefined ? {} : { kitfile: source.kitfilePath }),
    problems: [...problems]
      .sort((one, other) => one.range.start - other.range.start)
      .map((problem) => ({ ...problem, ...positionAt(text, problem.range.start) })),
  };
}

/** A path may name the Kitfile itself. */
async function sourceOf(path: string, kitfile: KitfileChoice): Promise<PackSource> {
  const found = kitfile === undefined ? await stat(path).catch(() => undefined) : undefined;
  return found?.isFile() ? readPackSource(dirname(path), basename(path)) : readPackSource(path, kitfile);
}
