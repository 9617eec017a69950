import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../engine/modelkit/engine.ts';
import { type FolderEntry, makeFolder } from './folder.ts';
import { QUICK } from './remote.ts';

/** An engine with a store of its own in a temporary folder. */
export interface Workbench {
  readonly engine: Engine;
  readonly folder: string;
  readonly home: string;
  /** Makes a folder to pack; a text is a file. @returns its path */
  project(name: string, files: Readonly<Record<string, string | FolderEntry>>): string;
  close(): Promise<void>;
}

export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'modelkit-bench-'));
  const home = join(folder, 'home');
  const engine = openEngine({ home, network: { plainHttp: true, limits: QUICK } });
  return {
    engine,
    folder,
    home,
    project(name, files) {
      const entries = Object.entries(files).map(([path, entry]): [string, FolderEntry] => [
        path,
        typeof entry === 'string' ? { type: 'file', text: entry } : entry,
      ]);
      makeFolder(join(folder, name), Object.fromEntries(entries));
      return join(folder, name);
    },
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
