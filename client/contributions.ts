import type { CommandTarget } from './nodeTarget.ts';

/** Takes what VS Code hands to a command: from a menu the thing that was clicked, then all that are selected. */
type OnTarget = (target?: CommandTarget, selected?: readonly CommandTarget[]) => Promise<void>;
type Plain = () => Promise<void>;

/** Every command of ours with what it takes; the table and package.json are compared with it by a test. */
export interface CommandSignatures {
  'modelkit.pack': OnTarget;
  'modelkit.push': OnTarget;
  'modelkit.packAndPush': OnTarget;
  'modelkit.pull': OnTarget;
  'modelkit.unpack': OnTarget;
  'modelkit.tag': OnTarget;
  'modelkit.remove': OnTarget;
  'modelkit.inspect': OnTarget;
  'modelkit.logIn': OnTarget;
  'modelkit.logOut': OnTarget;
  'modelkit.addRegistry': (host?: string) => Promise<void>;
  'modelkit.removeRegistry': OnTarget;
  'modelkit.addRepository': OnTarget;
  'modelkit.refresh': OnTarget;
  'modelkit.search': OnTarget;
  'modelkit.loadMore': OnTarget;
  'modelkit.copyReference': OnTarget;
  'modelkit.copyDigest': OnTarget;
  'modelkit.openExplorer': OnTarget;
  'modelkit.showLog': Plain;
  'modelkit.restartServer': Plain;
}

export type CommandId = keyof CommandSignatures;

/** Commands that write to a disk, the local store or a registry: they wait for Workspace Trust (bad-inputs F1). */
export const NEEDS_TRUST: readonly CommandId[] = [
  'modelkit.pack',
  'modelkit.push',
  'modelkit.packAndPush',
  'modelkit.pull',
  'modelkit.unpack',
  'modelkit.tag',
  'modelkit.remove',
];

export const VIEW_CONTAINER = 'modelkits';
export const STORE_VIEW = 'modelkit.store';
export const REGISTRIES_VIEW = 'modelkit.registries';
export const EXPLORER_PANEL = 'modelkit.explorer';
export const TASK_TYPE = 'modelkit';
export const KITFILE_LANGUAGE = 'kitfile';

/** Context keys that `when` clauses in package.json read. */
export interface ContextKeys {
  'modelkit.hasRegistries': boolean;
  'modelkit.serverStarted': boolean;
  /** Paths of folders in the workspace that hold a Kitfile. */
  'modelkit.kitfileFolders': readonly string[];
}
