import type { RemoteOptions } from '../registry/registries.ts';
import type { StoreHooks } from '../store/storeHooks.ts';
import type { Call } from './call.ts';

/** Passes the waits of a registry on as events of the call. */
export function waiting({ onEvent }: Call): RemoteOptions {
  return onEvent ? { onWaiting: (message) => onEvent({ type: 'waiting', message }) } : {};
}

/** Passes on what the local store waits for and repairs. */
export function storeHooks({ onEvent }: Call): StoreHooks {
  if (!onEvent) return {};
  return {
    onWaiting: (message) => onEvent({ type: 'waiting', message }),
    onWarning: (code, message) => onEvent({ type: 'warning', code, message }),
  };
}
