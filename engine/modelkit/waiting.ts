import type { RemoteOptions } from '../registry/registries.ts';
import type { Call } from './call.ts';

/** Passes the waits of a registry on as events of the call. */
export function waiting({ onEvent }: Call): RemoteOptions {
  return onEvent ? { onWaiting: (message) => onEvent({ type: 'waiting', message }) } : {};
}
