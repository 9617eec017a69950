import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type CredentialStore, type EngineEvent, fileCredentials, openEngine, resolveHome } from '#engine';
import { type CancelSource, connect, type Handlers } from '#shared/rpc';
import { credentialChain } from './credentialChain.ts';
import { EventBatch } from './eventBatch.ts';
import { HANDLERS, type WorkerContext } from './handlers.ts';
import {
  ENGINE_METHODS,
  type EngineMethod,
  type EngineMethods,
  type HostMethods,
  type WorkerEvents,
  type WorkerMethods,
  type WorkerSettings,
} from './protocol.ts';
import { toWire } from './wire.ts';

/** The engine's thread: one call in, its events out, credentials asked back. */
function serve(port: MessagePort, settings: WorkerSettings): void {
  const secrets: CredentialStore = {
    get: (host) => rpc.request('getCredential', { host }),
    set: (host, credential) => rpc.request('setCredential', { host, credential }),
    delete: (host) => rpc.request('deleteCredential', { host }),
  };
  let opened: WorkerContext | undefined;
  // A home that cannot be used is an error of each call, and not the end of the thread.
  const context = (): WorkerContext => {
    opened ??= openContext(settings, secrets);
    return opened;
  };
  const answer =
    <K extends EngineMethod>(method: K) =>
    async (
      { call, params }: { readonly call: number; readonly params: Parameters<EngineMethods[K]>[0] },
      cancel: CancelSource,
    ): Promise<ReturnType<EngineMethods[K]>> => {
      const controller = new AbortController();
      cancel.onCancel(() => controller.abort());
      const batch = new EventBatch((events) => rpc.emit('events', { call, events }));
      try {
        const onEvent = (event: EngineEvent): void => batch.add(event);
        return await HANDLERS[method](context(), params, { signal: controller.signal, onEvent });
      } finally {
        batch.end();
      }
    };
  // The compiler cannot see that a table made from a list of names has them all: ENGINE_METHODS is complete by its type.
  const handlers = Object.fromEntries(ENGINE_METHODS.map((method) => [method, answer(method)])) as unknown;
  const rpc = connect<HostMethods, WorkerEvents, WorkerMethods>(
    {
      post: (message) => port.postMessage(message),
      listen: (receive) => {
        port.on('message', receive);
        return () => port.off('message', receive);
      },
    },
    { handlers: handlers as Handlers<WorkerMethods>, toWire },
  );
}

function openContext(settings: WorkerSettings, secrets: CredentialStore): WorkerContext {
  const home = resolveHome(process.env, { config: settings.home });
  const network = { env: process.env, ...settings.network };
  const credentials = credentialChain(secrets, fileCredentials(home, process.env));
  return { engine: openEngine({ home, network, credentials }), settings: { ...settings, network } };
}

if (parentPort) serve(parentPort, workerData as WorkerSettings);
