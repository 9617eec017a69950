import type { CredentialStore } from '../registry/credential.ts';
import type { NetworkOptions } from '../registry/networkOptions.ts';
import { Registries } from '../registry/registries.ts';
import { LocalStore } from '../store/localStore.ts';
import type { Call } from './call.ts';
import { storeHooks } from './waiting.ts';

export interface EngineOptions {
  /** The folder that kit and we share, absolute: see resolveHome. */
  readonly home: string;
  readonly network?: NetworkOptions;
  readonly credentials?: CredentialStore;
}

/** What the verbs work with: one local store, and all registries. */
export interface Engine {
  readonly home: string;
  readonly store: LocalStore;
  readonly registries: Registries;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Opens nothing yet: the store and the network are touched when a verb needs them. */
export function openEngine({ home, network, credentials }: EngineOptions): Engine {
  const registries = new Registries(network, credentials);
  return { home, store: new LocalStore(home), registries, close: () => registries.close() };
}

/** The local store, telling this call what it waits for and what it repairs. */
export function storeFor({ home, store }: Pick<Engine, 'home' | 'store'>, call: Call): LocalStore {
  return call.onEvent ? new LocalStore(home, storeHooks(call)) : store;
}
