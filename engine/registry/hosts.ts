import { EngineError } from '../errors.ts';
import { isPlainHttp, type NetworkOptions } from './networkOptions.ts';

/** Docker Hub has three names; its API is at the last one (spec 4.7). */
const DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
const DOCKER_HUB_API = 'registry-1.docker.io';
/** Under this key Docker and kit keep the credentials of Docker Hub. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/**
 * One spelling for each registry: `GHCR.IO`, `https://ghcr.io/` and `ghcr.io:443` are `ghcr.io` (bad-inputs E6).
 * @throws EngineError REFERENCE_INVALID for a text that is no host
 */
export function normalHost(text: string): string {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/s, '');
  const url = /[\s@?#\\%\p{Cc}]/u.test(text.trim()) ? null : URL.parse(`https://${bare}`);
  if (!url || !/[a-z0-9]/.test(url.hostname))
    throw new EngineError('REFERENCE_INVALID', 'This is not the name of a registry.', {
      advice: 'Write host or host:port, such as ghcr.io or localhost:5000.',
    });
  return DOCKER_HUB.has(url.hostname) ? 'docker.io' : url.host;
}

/** The origin at which a registry's API answers. */
export function apiOrigin(host: string, options: NetworkOptions): URL {
  const normal = normalHost(host);
  const at = normal === 'docker.io' ? DOCKER_HUB_API : normal;
  return new URL(`${isPlainHttp(options, normal) ? 'http' : 'https'}://${at}`);
}
