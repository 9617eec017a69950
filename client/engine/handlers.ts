import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type Call,
  catalog,
  checkKitfile,
  type Engine,
  EngineError,
  inspect,
  layers,
  list,
  listRemote,
  login,
  logout,
  type ProbeStep,
  pack,
  positionAt,
  probeRegistry,
  pull,
  push,
  Registries,
  remoteTags,
  remove,
  removeRemote,
  tag,
  unpack,
} from '#engine';
import type { EngineMethod, EngineMethods, KitfileSummary, WorkerSettings } from './protocol.ts';

/** What the handlers work with. */
export interface WorkerContext {
  readonly engine: Engine;
  readonly settings: WorkerSettings;
}

type Handler<K extends EngineMethod> = (
  context: WorkerContext,
  params: Parameters<EngineMethods[K]>[0],
  call: Call,
) => Promise<ReturnType<EngineMethods[K]>>;

/** Each request is one verb of the engine. */
export const HANDLERS: { readonly [K in EngineMethod]: Handler<K> } = {
  pack: ({ engine, settings }, { folder, ...options }, call) =>
    pack(engine, folder, { ...options, cliVersion: settings.cliVersion }, call),
  unpack: ({ engine }, { reference, ...options }, call) => unpack(engine, reference, options, call),
  push: ({ engine }, { source, destination }, call) => push(engine, source, destination, call),
  pull: ({ engine }, { reference }, call) => pull(engine, reference, call),
  tag: ({ engine }, { source, destination }, call) => tag(engine, source, destination, call),
  remove: ({ engine }, { reference, ...options }, call) => remove(engine, reference, options, call),
  removeRemote: ({ engine }, { reference }, call) => removeRemote(engine, reference, call),
  list: ({ engine }, _params, call) => list(engine, call),
  listRemote: ({ engine }, { repository }, call) => listRemote(engine, repository, call),
  remoteTags: ({ engine }, { repository, ...page }, call) => remoteTags(engine, repository, page, call),
  catalog: ({ engine }, { host, ...page }, call) => catalog(engine, host, page, call),
  inspect: ({ engine }, { reference, ...options }, call) => inspect(engine, reference, options, call),
  layers: ({ engine }, { reference, ...options }, call) => layers(engine, reference, options, call),
  login: ({ engine }, { host, ...account }, call) => login(engine, host, account, call),
  logout: ({ engine }, { host }, call) => logout(engine, host, call),
  probe,
  summary,
};

/** With connections of its own: how the registry is spoken to is what is tried out. */
async function probe(
  { engine, settings }: WorkerContext,
  { host, plainHttp }: Parameters<EngineMethods['probe']>[0],
  call: Call,
): Promise<readonly ProbeStep[]> {
  const network = plainHttp === undefined ? settings.network : { ...settings.network, plainHttp };
  const registries = new Registries(network, engine.registries.credentials);
  try {
    return await probeRegistry({ registries }, host, call);
  } finally {
    await registries.close();
  }
}

async function summary(
  { engine }: WorkerContext,
  { kitfile: path, strict = false }: Parameters<EngineMethods['summary']>[0],
  call: Call,
): Promise<KitfileSummary> {
  const source = await readFile(path).catch((cause: unknown) => {
    throw new EngineError('KITFILE_NOT_FOUND', `There is no Kitfile at ${path}.`, { facts: { path }, cause });
  });
  const options = { kitfilePath: path, home: engine.home, strict };
  const { kitfile, text, problems } = await checkKitfile(source, dirname(path), options, call);
  const { name, version } = kitfile?.package ?? {};
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    problems: problems.map(({ code, rule, severity, message, range }) => ({
      code,
      rule,
      severity,
      message,
      ...range,
      ...positionAt(text, range.start),
    })),
  };
}
