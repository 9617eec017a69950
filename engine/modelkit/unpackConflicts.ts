import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveEntries } from '../archive/extraction.ts';
import { EngineError, fromSystemError, systemCode } from '../errors.ts';
import { configJson } from '../kitfile/configJson.ts';
import { parseKitfile } from '../kitfile/parse.ts';
import type { Call } from './call.ts';
import type { FoundKit } from './findKit.ts';
import type { WantedKit, WantedLayer } from './unpackPlan.ts';

/** What happens to files that are there. */
export interface Overwriting {
  readonly overwrite?: boolean;
  readonly ignoreExisting?: boolean;
}

/**
 * Looks for what is in the way before anything is written, where that costs little: the Kitfile always, layers of a local
 * kit when they are uncompressed and the target holds something (bad-inputs D14).
 * @throws EngineError TARGET_EXISTS
 */
export async function checkConflicts(
  plan: readonly WantedKit[],
  target: string,
  options: Overwriting,
  call: Call,
): Promise<void> {
  for (const { kitfile } of plan)
    if (kitfile !== undefined) await needsKitfile(target, kitfile, options.overwrite ?? false);
  if ((await readdir(target)).length === 0) return;
  for (const { kit, layers } of plan)
    for (const layer of layers) if (isCheap(kit, layer)) await checkLayer(kit, layer, target, options, call);
}

function isCheap({ where }: FoundKit, { type }: WantedLayer): boolean {
  return where === 'local' && type.format === 'tar' && type.compression === 'none';
}

async function checkLayer(
  kit: FoundKit,
  { node, type, include, below = '.' }: WantedLayer,
  target: string,
  options: Overwriting,
  { signal }: Call,
): Promise<void> {
  const content = await kit.source.fetch(node, signal ? { signal } : {});
  for await (const { path, kind } of archiveEntries(content, type)) {
    const wanted = kind === 'folder' ? !include : (include?.(path) ?? true);
    if (wanted) await checkEntry(join(target, below, path), join(below, path), kind, options);
  }
}

/** The table of spec 6.4. Links are left to the extraction, which follows none. */
async function checkEntry(
  path: string,
  shown: string,
  kind: 'file' | 'folder',
  { overwrite, ignoreExisting }: Overwriting,
): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(error) ?? ''))
      throw fromSystemError(error, `look for ${shown}`);
  });
  if (!found || found.isSymbolicLink()) return;
  const fine = kind === 'folder' ? found.isDirectory() : ignoreExisting || (overwrite === true && found.isFile());
  if (!fine) throw inTheWay(shown);
}

function inTheWay(path: string): EngineError {
  return new EngineError('TARGET_EXISTS', `path '${path}' already exists`, {
    advice: 'Unpack into another folder, or use --overwrite to replace files or --ignore-existing to keep them.',
    facts: { path },
  });
}

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
  if (!found.isFile()) throw inTheWay('Kitfile');
  if (overwrite) return true;
  if (sameKitfile(await readFile(path), yaml)) return false;
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
