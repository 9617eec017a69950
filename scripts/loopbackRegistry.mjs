/** A registry on 127.0.0.1: Debian's docker-registry where installed, else the small one of the tests. */
import { onPath } from './debian.mjs';

/** @returns {Promise<{ host: string, kind: string, stop(): Promise<void> }>} */
export async function startLoopbackRegistry() {
  if (onPath('docker-registry')) {
    const { startDockerRegistry } = await import('../test/support/dockerRegistry.ts');
    return { kind: 'docker-registry', ...(await startDockerRegistry()) };
  }
  const { startRegistry } = await import('../test/support/registry.ts');
  return { kind: 'in-process registry', ...(await startRegistry()) };
}
