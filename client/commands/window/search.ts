import type { Services } from '../../services.ts';

/** Searches the local store and the registries. */
export async function search(services: Services): Promise<void> {
  await services.explorer.search();
}
