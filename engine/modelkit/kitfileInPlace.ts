import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';

/**
 * True when the Kitfile is to be written; false when an equal one is there. `--ignore-existing` does not count (spec 6.4).
 * @throws EngineError TARGET_EXISTS
 */
export async function needsKitfile(target: string, yaml: string, overwrite: boolean): Promise<boolean> {
  const path = join(target, 'Kitfile');
  const found = await stat(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw fromSystemError(error, `look for ${path}`);
  });
  if (!found) return true;
  if (found.isFile() && (overwrite || sameKitfile(await readFile(path, 'utf8'), yaml))) return overwrite;
  throw new EngineError('TARGET_EXISTS', `Kitfile exists and does not match model's Kitfile: ${path}`, {
    advice: 'Unpack into another folder, or replace it (--overwrite).',
    facts: { path },
  });
}

/** Line by line; a number may be written in two ways: kit makes 1e+06 of a million (spec 1.7). */
function sameKitfile(existing: string, yaml: string): boolean {
  const lines = existing.split('\n');
  const wanted = yaml.split('\n');
  return (
    lines.length === wanted.length && lines.every((line, at) => line === wanted[at] || sameNumber(line, wanted[at]))
  );
}

const NUMBER_LINE = /^(.*[:-] )(-?[\d.]+(?:e[+-]?\d+)?)$/;

function sameNumber(line: string, wanted = ''): boolean {
  const [, start, number] = NUMBER_LINE.exec(line) ?? [];
  const [, wantedStart, wantedNumber] = NUMBER_LINE.exec(wanted) ?? [];
  return start !== undefined && start === wantedStart && Number(number) === Number(wantedNumber);
}
