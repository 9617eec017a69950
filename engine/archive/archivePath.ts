import { beyond, unsafe } from './archiveErrors.ts';
import { cleanPath } from './cleanPath.ts';
import { encodeName } from './fileName.ts';
import type { ArchiveLimits } from './limits.ts';
import { windowsProblem } from './portableName.ts';
import { isTemporaryName } from './temporaryName.ts';

const DRIVE = /^[A-Za-z]:(?:$|[\\/])/;

/**
 * The path of an entry below the target, cleaned.
 * @throws EngineError ARCHIVE_UNSAFE for one that we never write (bad-inputs D1, D13), ARCHIVE_LIMIT
 */
export function archivePath(name: string, limits: ArchiveLimits, platform: NodeJS.Platform = process.platform): string {
  const why = danger(name);
  if (why !== undefined) throw unsafe(name, why);
  const path = cleanPath(name);
  assertLimits(path, limits);
  const names = path.split('/');
  if (isTemporaryName(names[0] ?? '')) throw unsafe(name, 'its name is one of our temporary files');
  if (platform === 'win32') for (const part of names) assertWindows(part, name);
  return path;
}

function danger(name: string): string | undefined {
  if (name === '') return 'it has no name';
  if (name.includes('\0')) return 'its name has a NUL';
  if (name.startsWith('/') || name.startsWith('\\\\') || DRIVE.test(name)) return 'its path is absolute';
  // As kit does, also inside of a name (spec 6.5).
  return name.includes('..') ? 'its path has ".." in it' : undefined;
}

function assertWindows(part: string, name: string): void {
  const problem = part === '.' ? undefined : windowsProblem(part);
  if (problem !== undefined) throw unsafe(name, `on Windows, "${part}" ${problem}`);
}

function assertLimits(path: string, { pathBytes, nameBytes, depth }: ArchiveLimits): void {
  if (encodeName(path).byteLength > pathBytes) throw beyond('pathBytes', 'has a path that is too long', pathBytes);
  const names = path.split('/');
  if (names.length > depth) throw beyond('depth', 'has folders that are too deep', depth);
  for (const name of names)
    if (encodeName(name).byteLength > nameBytes) throw beyond('nameBytes', 'has a name that is too long', nameBytes);
}
