/** How long and how often the engine waits for a registry (bad-inputs.md, "Limits"). Milliseconds and bytes. */
export interface NetworkLimits {
  /** TCP and TLS together. */
  readonly connectMs: number;
  /** From the end of the request to the head of the answer. */
  readonly firstByteMs: number;
  /** Between two pieces of a body; does not run while our side is the slow one. */
  readonly idleMs: number;
  /** A body slower than this over one idle period is taken for stalled. */
  readonly minBytesPerSecond: number;
  /** The answer to the request that ends an upload: registries hash or move the blob first. */
  readonly commitMs: number;
  readonly commitMsPerGiB: number;
  /** Tries after the first one. */
  readonly retries: number;
  /** The same for a name that does not resolve and a port that refuses: usually a typing mistake. */
  readonly refusedRetries: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  /** The longest Retry-After that is waited for. */
  readonly retryAfterMs: number;
  /** So many bytes of progress and the count of tries starts again. */
  readonly progressBytes: number;
  readonly redirects: number;
  /** Size of one PATCH (spec 5.5). */
  readonly chunkBytes: number;
  /** Blobs from this size on go in chunks (spec 5.5). */
  readonly chunkFromBytes: number;
  /** Chunks are never made smaller than this after 413. */
  readonly minChunkBytes: number;
  /** Pages of one listing, and entries of it. */
  readonly pages: number;
  readonly entries: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: NetworkLimits = {
  connectMs: 10_000,
  firstByteMs: 60_000,
  idleMs: 60_000,
  minBytesPerSecond: 1024,
  commitMs: 300_000,
  commitMsPerGiB: 6_000,
  retries: 5,
  refusedRetries: 2,
  retryBaseMs: 500,
  retryMaxMs: 15_000,
  retryAfterMs: 120_000,
  progressBytes: 8 * MIB,
  redirects: 5,
  chunkBytes: 100 * MIB,
  chunkFromBytes: 100 * MIB,
  minChunkBytes: 5 * MIB,
  pages: 1000,
  entries: 1_000_000,
};

/** Bodies that are read whole into memory. */
export const MAX_TOKEN_BYTES = MIB;
export const MAX_ERROR_BYTES = 8 * 1024;
export const MAX_PAGE_BYTES = 16 * MIB;
export const MAX_HEADER_BYTES = 64 * 1024;
