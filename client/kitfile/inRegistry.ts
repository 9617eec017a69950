import { displayReference, isLocalOnly, parseReference } from '#engine';

/** The same name and tag in another registry; without a registry there the name alone. */
export function inRegistry(reference: string, registry: string): string {
  const parsed = parseReference(reference);
  if (registry === '' || parsed.registry === registry) return reference;
  return displayReference({ ...parsed, registry });
}

/** The registry of a reference; undefined for one that is local only. */
export function registryOf(reference: string): string | undefined {
  const parsed = parseReference(reference);
  return isLocalOnly(parsed) ? undefined : parsed.registry;
}
