import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { EngineError, systemCode } from '../errors.ts';
import { decodeName, fsPath, shownName } from './fileName.ts';
import { folderNames } from './folderNames.ts';
import type { LayerSource } from './layerSource.ts';
import { portableKey } from './portableName.ts';
import { readError } from './stableFile.ts';

/** Root names that are never packed, whatever they are. */
const KITFILE_NAMES = new Set(['Kitfile', 'kitfile', '.kitfile', '.kitignore']);

/**
 * Looks at a layer's path name by name, as the disk spells it, following nothing.
 * @returns what it is: a file or a folder
 * @throws EngineError PATH_NOT_FOUND, PATH_OUTSIDE, PATH_UNSUPPORTED, FILE_UNREADABLE (bad-inputs A8-A13)
 */
export function inspectLayerPath({ context, path }: LayerSource): Stats {
  if (path.startsWith('/') || path === '..' || path.startsWith('../'))
    throw refused('PATH_OUTSIDE', path, 'leaves the folder of the Kitfile', 'Move the files into that folder.');
  assertHoldable(path);
  const names = path === '.' ? [] : path.split('/');
  let folder = context;
  let stats = look(context, path);
  for (const [index, name] of names.entries()) {
    const sofar = names.slice(0, index + 1).join('/');
    if (!stats.isDirectory() || !hasName(folder, name)) throw notFound(folder, name, path, stats);
    folder = `${folder}/${name}`;
    stats = look(folder, path);
    if (stats.isSymbolicLink()) throw linked(folder, sofar, path);
  }
  if (!stats.isFile() && !stats.isDirectory())
    throw refused('PATH_UNSUPPORTED', path, 'is neither a file nor a folder', 'Name a regular file or a folder.');
  if (stats.isDirectory() && KITFILE_NAMES.has(path))
    throw refused('PATH_UNSUPPORTED', path, 'is a folder with the name of a Kitfile', 'Rename the folder.');
  return stats;
}

/** `kit` refuses to unpack a path with two dots in a row anywhere (spec 2.2). */
export function assertHoldable(path: string): void {
  if (path.includes('..'))
    throw refused('PATH_UNSUPPORTED', path, 'has ".." in its name, which kit cannot unpack', 'Rename it.');
}

function look(path: string, layerPath: string): Stats {
  try {
    return lstatSync(fsPath(path));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw readError(error, path);
    throw refused('PATH_NOT_FOUND', layerPath, 'does not exist', 'Correct the path in the Kitfile.');
  }
}

/** The first name in a folder that fits. */
function findName(folder: string, fits: (name: string) => boolean): string | undefined {
  try {
    for (const bytes of folderNames(folder)) {
      const name = decodeName(bytes);
      if (fits(name)) return name;
    }
  } catch (error) {
    throw readError(error, folder);
  }
  return undefined;
}

/** Also on a disk that finds names in another case or Unicode form: kit's walk compares bytes. */
function hasName(folder: string, name: string): boolean {
  return findName(folder, (found) => found === name) !== undefined;
}

function notFound(folder: string, name: string, path: string, parent: Stats): EngineError {
  const key = portableKey(name);
  const alike = parent.isDirectory() ? findName(folder, (found) => portableKey(found) === key) : undefined;
  const advice =
    alike === undefined
      ? 'Correct the path in the Kitfile.'
      : `The disk spells it "${shownName(alike)}"${alike.normalize() === name.normalize() ? ', in another Unicode form' : ''}.`;
  return new EngineError('PATH_NOT_FOUND', `The path ${shownName(path)} does not exist.`, {
    advice,
    facts: { path: shownName(path), ...(alike === undefined ? {} : { spelling: alike }) },
  });
}

function linked(link: string, sofar: string, path: string): EngineError {
  const target = shownName(decodeName(readlinkSync(fsPath(link), { encoding: 'buffer' })));
  const what = sofar === path ? 'is a link' : `goes through the link ${shownName(sofar)}`;
  return refused(
    'PATH_UNSUPPORTED',
    path,
    `${what} to ${target}; links are not packed, so the layer would be empty`,
    'Put the files themselves there, or name the path that the link leads to.',
  );
}

function refused(
  code: 'PATH_OUTSIDE' | 'PATH_NOT_FOUND' | 'PATH_UNSUPPORTED',
  path: string,
  why: string,
  advice: string,
) {
  return new EngineError(code, `The path ${shownName(path)} ${why}.`, { advice, facts: { path: shownName(path) } });
}
