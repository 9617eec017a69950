import { type Engine, fileCredentials, type NetworkOptions, openEngine, resolveHome } from '#engine';
import type { VerbCall } from './verb.ts';

/** Opens the engine for one verb, with the store and the credentials that kit uses, and closes it after the work. */
export async function withEngine<T>(
  { globals, env, limits }: Pick<VerbCall, 'globals' | 'env' | 'limits'>,
  network: NetworkOptions,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const home = resolveHome(env, { config: globals.config });
  const engine = openEngine({
    home,
    network: limits ? { ...network, limits } : network,
    credentials: fileCredentials(home, env),
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
