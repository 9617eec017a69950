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
  const home = resolveHome(process.env, settings.home === '' ? {} : { config: settings.home });
  const credentials = credentialChain(secrets, fileCredentials(home, process.env));
  const network = { env: process.env, ...settings.network };
  const engine = openEngine({ home, network, credentials });
  const context: WorkerContext = { engine, settings: { ...settings, network } };

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
        return await HANDLERS[method](context, params, { signal: controller.signal, onEvent });
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

if (parentPort) serve(parentPort, workerData as WorkerSettings);
