import { LocalStore } from '../../engine/store/localStore.ts';
import type { StoreOptions } from '../../engine/store/storeHooks.ts';
import { noise, opener, smallKit } from './blobs.ts';
import { storeKit } from './storeKit.ts';

export const NAME = 'localhost/m';
const SHARED = noise(3000, 11);
/** In the store from the beginning, under `v1`. */
export const OLD = smallKit(SHARED, 'old');
/** The new one has the same layer. */
export const NEW = smallKit(SHARED, 'new');
const BLOB = noise(1_500_000, 12);

/** What a process can do with the store, for tests that do it often or in pieces. */
export const STORE_VERBS = {
  add: async (store: LocalStore) => void (await store.addBlob(await opener(BLOB)(0))),
  push: (store: LocalStore) => storeKit(store.repository(NAME), NEW, 'v2'),
  tag: async (store: LocalStore) => {
    const repository = store.repository(NAME);
    await repository.tag(await repository.resolve('v1'), 'v3');
  },
  untag: (store: LocalStore) => store.repository(NAME).untag('v1'),
  remove: async (store: LocalStore) => void (await store.repository(NAME).remove(OLD.descriptor.digest)),
} as const;

export type StoreVerb = keyof typeof STORE_VERBS;

export function runVerb(home: string, verb: StoreVerb, options?: StoreOptions): Promise<void> {
  return STORE_VERBS[verb](new LocalStore(home, options));
}
