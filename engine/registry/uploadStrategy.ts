import type { NetworkLimits } from './limits.ts';

/** Registries that take a blob in one request only. Whole labels are compared: `notgcr.io` is not `gcr.io` (bad-inputs E6). */
const ONE_REQUEST = ['ghcr.io', 'pkg.dev', 'gcr.io', 'amazonaws.com', 'amazonaws.com.cn'];

/** The largest `OCI-Chunk-Min-Length` that is obeyed; beyond it the blob goes in one request (bad-inputs C23). */
const MAX_CHUNK = 1024 ** 3;

export type UploadStrategy = { readonly kind: 'put' } | { readonly kind: 'chunks'; readonly chunkBytes: number };

/**
 * How a blob goes up: the table of spec 5.5.
 * @param location where the registry wants it @param size of the blob in bytes
 * @param minLength the `OCI-Chunk-Min-Length` of the answer
 */
export function uploadStrategy(
  location: URL,
  size: number,
  minLength: string | undefined,
  limits: NetworkLimits,
): UploadStrategy {
  if (isOneRequestHost(location.hostname) || size < limits.chunkFromBytes) return { kind: 'put' };
  const least = /^\d{1,16}$/.test(minLength ?? '') ? Number(minLength) : 0;
  if (least > MAX_CHUNK) return { kind: 'put' };
  return { kind: 'chunks', chunkBytes: Math.max(limits.chunkBytes, least) };
}

function isOneRequestHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return ONE_REQUEST.some((name) => host === name || host.endsWith(`.${name}`));
}
