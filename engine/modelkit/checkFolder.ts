import { basename, relative } from 'node:path';
import { positionAt } from '../kitfile/position.ts';
import type { Problem } from '../kitfile/problem.ts';
import type { Call } from './call.ts';
import { checkKitfile } from './check.ts';
import { type KitfileChoice, readPackSource } from './packSource.ts';

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
  /** The Kitfile's name, relative to the folder; `Kitfile` for a text. */
  readonly name: string;
  /** In the order of the text. */
  readonly problems: readonly PlacedProblem[];
}

/**
 * What the editor would say about the Kitfile of a folder; an error is what `pack` refuses.
 * @throws EngineError KITFILE_NOT_FOUND, PATH_NOT_FOUND for the folder, FILE_UNREADABLE
 */
export async function checkFolder(
  { home }: { readonly home: string },
  folder: string,
  { kitfile, strict = false }: CheckFolderOptions = {},
  call: Call = {},
): Promise<FolderCheck> {
  const source = await readPackSource(folder, kitfile);
  const { text, problems } = await checkKitfile(source.source, source.folder, { home, strict, ...source }, call);
  return {
    name: nameOf(source.folder, source.kitfilePath),
    problems: [...problems]
      .sort((one, other) => one.range.start - other.range.start)
      .map((problem) => ({ ...problem, ...positionAt(text, problem.range.start) })),
  };
}

function nameOf(folder: string, path: string | undefined): string {
  if (path === undefined) return 'Kitfile';
  const shown = relative(folder, path);
  return shown.startsWith('..') ? path : shown || basename(path);
}
