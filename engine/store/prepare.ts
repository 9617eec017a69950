import { EngineError, fromSystemError } from '../errors.ts';
import { ifThere, makeFolder, removeFile, withHandles } from './disk.ts';
import type { JsonFormat } from './jsonFile.ts';
import { assertLayout } from './layoutVersion.ts';
import { isHeldByDead } from './lockFile.ts';
import { finishRemovals, hasPendingRemovals } from './removal.ts';
import { isUndone, redo } from './repair.ts';
import type { StoreContext } from './storeContext.ts';
import { removeLeftovers, temporaryPath } from './temporaryFiles.ts';
import { transact } from './transaction.ts';

/** Before the first write: everything that would make it fail, and what dead processes left behind. */
export async function prepareForWriting(context: StoreContext): Promise<void> {
  await assertUsable(context);
  await makeFolder(context.disk, context.layout.blobs);
  await makeFolder(context.disk, context.layout.own);
  const now = await probe(context);
  const { storage, blobs, own } = context.layout;
  for (const folder of [storage, blobs, own]) await removeLeftovers(context.disk, folder, now);
  await makeLayout(context);
  await putRight(context);
}

/** @throws EngineError INPUT_INVALID when the home is a file, STORE_UNSUPPORTED for another layout, STORE_CORRUPT */
export async function assertUsable(context: StoreContext): Promise<void> {
  await assertFolder(context, context.layout.home);
  await assertLayout(context);
}

async function assertFolder({ disk }: StoreContext, home: string): Promise<void> {
  const found = await ifThere(() => disk.lstat(home)).catch((error) => {
    throw fromSystemError(error, `read ${home}`);
  });
  if (!found?.isFile()) return;
  throw new EngineError('INPUT_INVALID', `The home of the local store is a file: ${home}.`, {
    advice: 'Set KITOPS_HOME, or --config, to a folder.',
    facts: { path: home, variable: 'KITOPS_HOME' },
  });
}

/** Writes and removes a file: better than guessing from permissions. Returns the time by the clock of the disk. */
async function probe({ disk, layout }: StoreContext): Promise<number> {
  try {
    const path = await temporaryPath(layout.storage);
    const handle = await withHandles(() => disk.open(path, 'wx', 0o600));
    const { mtimeMs } = await handle.stat().finally(() => handle.close());
    await removeFile(disk, path);
    return mtimeMs;
  } catch (error) {
    throw fromSystemError(error, `write to ${layout.storage}`);
  }
}

/** As oras writes it. */
const LAYOUT = '{"imageLayoutVersion":"1.0.0"}';
const layoutFormat: JsonFormat<string> = { parse: (text) => text, write: (text) => text, empty: '' };

async function makeLayout(context: StoreContext): Promise<void> {
  const { disk, layout } = context;
  const there = await Promise.all([layout.layoutFile, layout.index].map((path) => ifThere(() => disk.lstat(path))));
  if (there.every((found) => found !== undefined)) return;
  await transact(context, undefined, async (transaction) => {
    await transaction.changeOwn(layout.layoutFile, layoutFormat, (text) => text || LAYOUT);
    await transaction.changeStoreIndex((index) => index);
  });
}

/** What a running kit undid, removals that were interrupted, and the lock of a dead process. */
async function putRight(context: StoreContext): Promise<void> {
  const isRight =
    !(await isUndone(context)) &&
    !(await hasPendingRemovals(context)) &&
    !(await isHeldByDead(context.disk, context.layout.lock));
  if (isRight) return;
  await transact(context, undefined, async (transaction) => {
    await redo(transaction);
    await finishRemovals(transaction);
  });
}
