import { throwIfCancelled } from '../errors.ts';
import { normalHost } from '../registry/hosts.ts';
import type { Registries } from '../registry/registries.ts';
import type { Call } from './call.ts';

export interface LogoutResult {
  readonly registry: string;
  /** False when there was nothing to forget. */
  readonly removed: boolean;
}

/**
 * Forgets the login of a registry; what Docker has saved stays (spec 5.1).
 * @throws EngineError REFERENCE_INVALID, CREDENTIALS_INVALID, CREDENTIAL_HELPER_FAILED
 */
export async function logout(
  { registries }: { readonly registries: Registries },
  host: string,
  { signal }: Call = {},
): Promise<LogoutResult> {
  throwIfCancelled(signal);
  const registry = normalHost(host);
  const removed = await registries.credentials.delete(registry);
  registries.forget(registry);
  return { registry, removed };
}
