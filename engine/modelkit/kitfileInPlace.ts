import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { configJson } from '../kitfile/configJson.ts';
import { parseKitfile } from '../kitfile/parse.ts';

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
  if (found.isFile() && (overwrite || sameKitfile(await readFile(path), yaml))) return overwrite;
  throw new EngineError('TARGET_EXISTS', `Kitfile exists and does not match model's Kitfile: ${path}`, {
    advice: 'Unpack into another folder, or use --overwrite to replace it.',
    facts: { path },
  });
}

/** By value, not by bytes: kit writes large numbers in another way (spec 1.7). */
function sameKitfile(existing: Uint8Array, yaml: string): boolean {
  if (Buffer.from(yaml).equals(existing)) return true;
  const { kitfile: one } = parseKitfile(existing);
  const { kitfile: other } = parseKitfile(yaml);
  return one !== undefined && other !== undefined && configJson(one).equals(configJson(other));
}
