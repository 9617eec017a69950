import { EngineError, fromSystemError, isEngineError } from '../errors.ts';
import { ifThere } from './disk.ts';
import { type IndexFile, repositoryIndexFormat } from './indexFiles.ts';
import { readJson } from './jsonFile.ts';
import { repositoryOfFile } from './layout.ts';
import type { StoreContext } from './storeContext.ts';

/** Names of all repositories, sorted, and files that look like one and have no readable name. */
export async function repositoryNames(
  context: StoreContext,
): Promise<{ readonly names: readonly string[]; readonly unreadable: readonly string[] }> {
  const names: string[] = [];
  const unreadable: string[] = [];
  for (const file of await storageFiles(context)) {
    const found = repositoryOfFile(file);
    if (found === 'unreadable') unreadable.push(file);
    else if (found) names.push(found.name);
  }
  return { names: names.sort(), unreadable };
}

async function storageFiles({ disk, layout }: StoreContext): Promise<readonly string[]> {
  try {
    return (await ifThere(() => disk.readdir(layout.storage))) ?? [];
  } catch (error) {
    throw fromSystemError(error, `read ${layout.storage}`);
  }
}

export interface RepositoryIndexes {
  readonly indexes: ReadonlyMap<string, IndexFile>;
  /** One or more cannot be read. */
  readonly unsure: boolean;
}

export async function repositoryIndexes(context: StoreContext): Promise<RepositoryIndexes> {
  const { names, unreadable } = await repositoryNames(context);
  const { indexes, unsure } = await indexesOf(context, names);
  return { indexes, unsure: unsure || unreadable.length > 0 };
}

/** One that is not there is empty. */
export async function indexesOf(context: StoreContext, names: Iterable<string>): Promise<RepositoryIndexes> {
  const indexes = new Map<string, IndexFile>();
  let unsure = false;
  for (const name of names) {
    const index = await readIndex(context, name);
    if (index) indexes.set(name, index);
    else unsure = true;
  }
  return { indexes, unsure };
}

async function readIndex({ disk, layout }: StoreContext, name: string): Promise<IndexFile | undefined> {
  try {
    return await readJson(disk, layout.repositoryIndex(name), repositoryIndexFormat);
  } catch (error) {
    if (isEngineError(error) && error.code === 'STORE_CORRUPT') return undefined;
    throw error;
  }
}

/** On a disk that folds case the file of another repository could be taken for this one's (bad-inputs B15). */
export async function assertOwnFile({ disk, layout }: StoreContext, name: string, file: string): Promise<void> {
  const files = (await ifThere(() => disk.readdir(layout.storage))) ?? [];
  const folded = file.toLowerCase();
  const others = files.filter((other) => other !== file && other.toLowerCase() === folded);
  if (others.length === 0 || files.includes(file)) return;
  if (!(await ifThere(() => disk.lstat(layout.repositoryIndex(name))))) return;
  throw new EngineError(
    'STORE_UNSUPPORTED',
    `This disk cannot tell ${name} from another repository: it ignores case.`,
    {
      advice: 'Use another name, or a store on a disk that distinguishes upper and lower case.',
      facts: { repository: name, file: others[0] ?? '' },
    },
  );
}
