import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { findKitfile } from '../kitfile/findKitfile.ts';

/** A Kitfile to pack by: relative to the folder (spec 1.1), or its text; the one in the folder unless told. */
export type KitfileChoice = string | { readonly text: Uint8Array } | undefined;

/** The Kitfile of a folder, read once (bad-inputs A14). */
export interface PackSource {
  /** Absolute. */
  readonly folder: string;
  readonly source: Uint8Array;
  /** Absolute; absent for a text. */
  readonly kitfilePath?: string;
}

/** @throws EngineError KITFILE_NOT_FOUND, PATH_NOT_FOUND for the folder, PATH_UNSUPPORTED, FILE_UNREADABLE */
export async function readPackSource(folder: string, choice: KitfileChoice): Promise<PackSource> {
  const context = resolve(folder);
  await requireFolder(context);
  if (typeof choice === 'object') return { folder: context, source: choice.text };
  const path = choice === undefined ? await findKitfile(context) : resolve(context, choice);
  if (path === undefined)
    throw new EngineError(
      'KITFILE_NOT_FOUND',
      `No Kitfile found in ${context}. Consider using the -f flag to specify its path.`,
      { advice: 'Or write one: its name is Kitfile.', facts: { folder: context } },
    );
  return { folder: context, source: await readKitfile(path), kitfilePath: path };
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw fromSystemError(error, `open ${folder}`);
  });
  if (found?.isDirectory()) return;
  throw new EngineError('PATH_NOT_FOUND', `${folder} is ${found ? 'no folder' : 'not there'}.`, {
    advice: 'Name the folder that holds the Kitfile and the files to pack.',
    facts: { folder },
  });
}

async function readKitfile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): EngineError {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new EngineError('KITFILE_NOT_FOUND', `There is no Kitfile at ${path}.`, {
        advice: 'A path after -f is relative to the folder that is packed.',
        facts: { path },
      });
    case 'EISDIR':
      return new EngineError('PATH_UNSUPPORTED', `${path} is a folder, not a Kitfile.`, {
        advice: 'Name the file itself.',
        facts: { path },
      });
    case 'EACCES':
    case 'EPERM':
      return new EngineError('FILE_UNREADABLE', `${path} cannot be read.`, {
        advice: 'Check its permissions, then try again.',
        facts: { path },
        cause: error,
      });
    default:
      return fromSystemError(error, `read ${path}`);
  }
}
