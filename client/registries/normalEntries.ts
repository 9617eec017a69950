import { isEngineError, normalHost } from '#engine';
import type { RegistryEntry } from './registryList.ts';

/** Entries with their hosts in one spelling, each host once; what is no host is left out. */
export function normalEntries(entries: readonly RegistryEntry[]): readonly RegistryEntry[] {
  const byHost = new Map<string, RegistryEntry>();
  for (const entry of entries) {
    const host = hostOf(entry.host);
    if (host !== undefined && !byHost.has(host)) byHost.set(host, { ...entry, host });
  }
  return [...byHost.values()];
}

function hostOf(text: string): string | undefined {
  try {
    return normalHost(text);
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}
