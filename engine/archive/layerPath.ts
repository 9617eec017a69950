import { EngineError } from '../errors.ts';
import { shownName } from './fileName.ts';
import type { PathDisk, PathKind } from './pathDisk.ts';

/** Root names that are never packed, whatever they are. */
const KITFILE_NAMES = new Set(['Kitfile', 'kitfile', '.kitfile', '.kitignore']);

/**
 * Looks at a layer's path name by name, as the disk spells it, following nothing.
 * @returns what it is
 * @throws EngineError PATH_NOT_FOUND, PATH_OUTSIDE, PATH_UNSUPPORTED, FILE_UNREADABLE (bad-inputs A8-A13)
 */
export function inspectLayerPath(path: string, disk: PathDisk): 'file' | 'folder' {
  if (path.startsWith('/') || path === '..' || path.startsWith('../'))
    throw refused('PATH_OUTSIDE', path, 'leaves the folder of the Kitfile', 'Move the files into that folder.');
  assertHoldable(path);
  const names = path === '.' ? [] : path.split('/');
  let kind: PathKind | undefined = disk.kindOf('.');
  if (kind === undefined) throw notFound(path, undefined);
  for (const [index, name] of names.entries()) {
    const sofar = names.slice(0, index + 1).join('/');
    const inFolder: boolean = kind === 'folder';
    kind = inFolder ? disk.kindOf(sofar) : undefined;
    if (kind === undefined) throw notFound(path, name, inFolder ? disk.spellingOf(sofar) : undefined);
    if (kind === 'link') throw linked(sofar, path, disk.targetOf(sofar));
  }
  if (kind !== 'file' && kind !== 'folder')
    throw refused('PATH_UNSUPPORTED', path, 'is neither a file nor a folder', 'Name a regular file or a folder.');
  if (kind === 'folder' && KITFILE_NAMES.has(path))
    throw refused('PATH_UNSUPPORTED', path, 'is a folder with the name of a Kitfile', 'Rename the folder.');
  return kind;
}

/** `kit` refuses to unpack a path with two dots in a row anywhere (spec 2.2). */
export function assertHoldable(path: string): void {
  if (path.includes('..'))
    throw refused('PATH_UNSUPPORTED', path, 'has ".." in its name, which kit cannot unpack', 'Rename it.');
}

function notFound(path: string, name = '', alike?: string): EngineError {
  const advice =
    alike === undefined
      ? 'Correct the path in the Kitfile.'
      : `The disk spells it "${shownName(alike)}"${alike.normalize() === name.normalize() ? ', in another Unicode form' : ''}.`;
  return new EngineError('PATH_NOT_FOUND', `The path ${shownName(path)} does not exist.`, {
    advice,
    facts: { path: shownName(path), ...(alike === undefined ? {} : { spelling: alike }) },
  });
}

function linked(link: string, path: string, target: string): EngineError {
  const what = link === path ? 'is a link' : `goes through the link ${shownName(link)}`;
  return refused(
    'PATH_UNSUPPORTED',
    path,
    `${what} to ${shownName(target)}; links are not packed, so the layer would be empty`,
    'Put the files themselves there, or name the path that the link leads to.',
  );
}

function refused(code: 'PATH_OUTSIDE' | 'PATH_UNSUPPORTED', path: string, why: string, advice: string) {
  return new EngineError(code, `The path ${shownName(path)} ${why}.`, { advice, facts: { path: shownName(path) } });
}
