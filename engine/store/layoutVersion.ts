import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { ifThere } from './disk.ts';
import { type JsonFormat, readJson } from './jsonFile.ts';
import type { StoreContext } from './storeContext.ts';

/** Folders of the layout; an old store has one per registry beside them (spec 4.5). */
const OWN_FOLDERS: readonly string[] = ['blobs', 'ingest'];
/** `<registry>/<repository>`; a repository of more parts than this is not looked for. */
const OLD_DEPTH = 8;

const VERSION: JsonFormat<string> = { parse: versionOf, write: () => undefined, empty: '1.0.0' };

/** @throws EngineError STORE_UNSUPPORTED for another layout than kit's since 0.3, STORE_CORRUPT */
export async function assertLayout(context: StoreContext): Promise<void> {
  await assertVersion(context);
  await assertNoOldLayout(context);
}

async function assertVersion({ disk, layout }: StoreContext): Promise<void> {
  const version = await readJson(disk, layout.layoutFile, VERSION);
  if (version === '1.0.0') return;
  throw new EngineError('STORE_UNSUPPORTED', `${layout.storage} has the unknown layout ${version}.`, {
    advice: 'Use another folder, or a newer version of this program.',
    facts: { path: layout.storage, version },
  });
}

function versionOf(text: string): string {
  const value: unknown = JSON.parse(text);
  const version =
    typeof value === 'object' && value !== null && 'imageLayoutVersion' in value && value.imageLayoutVersion;
  return typeof version === 'string' ? version : 'without a version';
}

/** The layout from before kit 0.3 keeps one `index.json` per repository in folders (spec 4.5). */
async function assertNoOldLayout(context: StoreContext): Promise<void> {
  const { storage } = context.layout;
  for (const folder of await foldersOf(context, storage)) {
    if (OWN_FOLDERS.includes(folder) || !(await holdsIndex(context, join(storage, folder), OLD_DEPTH))) continue;
    throw new EngineError('STORE_UNSUPPORTED', `${storage} has the layout of a kit before 0.3.`, {
      advice: 'Copy it to a safe place, then run any command of kit 1.x once: it migrates the store.',
      facts: { path: join(storage, folder) },
    });
  }
}

async function holdsIndex(context: StoreContext, folder: string, depth: number): Promise<boolean> {
  const index = await ifThere(() => context.disk.lstat(join(folder, 'index.json')));
  if (index?.isFile()) return true;
  if (depth === 0) return false;
  for (const inside of await foldersOf(context, folder))
    if (await holdsIndex(context, join(folder, inside), depth - 1)) return true;
  return false;
}

async function foldersOf({ disk }: StoreContext, folder: string): Promise<readonly string[]> {
  const entries = (await ifThere(() => disk.readdir(folder, { withFileTypes: true }))) ?? [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
