import type { CredentialStore } from '#engine';

/**
 * VS Code's own secrets first, then the files that kit and Docker use, which are only read: a login here never writes a
 * password into a file (bad-inputs E8). A logout forgets both, or the next request would use what the other one holds.
 */
export function credentialChain(secrets: CredentialStore, files: CredentialStore): CredentialStore {
  return {
    get: async (host) => (await secrets.get(host)) ?? (await files.get(host)),
    set: (host, credential) => secrets.set(host, credential),
    delete: async (host) => {
      const wasSecret = await secrets.delete(host);
      const wasInFile = await files.delete(host);
      return wasSecret || wasInFile;
    },
  };
}
