import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { EngineError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface HomeOptions {
  /** What `--config` or the setting says; wins over the environment. */
  readonly config?: string | undefined;
  readonly platform?: NodeJS.Platform;
  readonly homedir?: string;
}

/**
 * The folder that kit and we share, absolute: `--config`, else `KITOPS_HOME`, else the system's default (spec 4.1). A
 * relative `KITOPS_HOME` would mean another store in each folder, so it is refused, and so is an empty one (bad-inputs B14).
 * @throws EngineError INPUT_INVALID
 */
export function resolveHome(env: Environment, options: HomeOptions = {}): string {
  if (options.config) return resolve(options.config);
  const named = env.KITOPS_HOME;
  if (named === undefined) return defaultHome(env, options.platform ?? process.platform, options.homedir);
  if (isAbsolute(named)) return resolve(named);
  throw new EngineError('INPUT_INVALID', `KITOPS_HOME is ${named === '' ? 'empty' : `no absolute path: ${named}`}.`, {
    advice: 'Set it to the absolute path of a folder, or unset it.',
    facts: { variable: 'KITOPS_HOME' },
  });
}

function defaultHome(env: Environment, platform: NodeJS.Platform, home: string | undefined): string {
  switch (platform) {
    case 'win32':
      return join(needed(env.LOCALAPPDATA, 'LOCALAPPDATA'), 'kitops');
    case 'darwin':
      return join(needed(home ?? env.HOME ?? homedir(), 'HOME'), 'Library', 'Caches', 'kitops');
    default:
      if (env.XDG_DATA_HOME) return join(resolve(env.XDG_DATA_HOME), 'kitops');
      return join(needed(home ?? env.HOME, 'HOME'), '.local', 'share', 'kitops');
  }
}

function needed(value: string | undefined, variable: string): string {
  if (value) return value;
  throw new EngineError('INPUT_INVALID', `Where ModelKits are stored is not known: ${variable} is not set.`, {
    advice: `Set KITOPS_HOME to a folder, or ${variable}.`,
    facts: { variable },
  });
}
