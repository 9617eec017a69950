/** Limits of archives (bad-inputs.md, "Limits"); the error of each names it. */
export interface ArchiveLimits {
  /** Entries of a layer. */
  readonly entries: number;
  /** Bytes of a path, of one name in it, and names in it. */
  readonly pathBytes: number;
  readonly nameBytes: number;
  readonly depth: number;
  /** One PAX or GNU long-name record, which is read whole. */
  readonly recordBytes: number;
  /** So much output is never questioned; beyond it the ratio to the blob's size counts. */
  readonly inflatedFree: number;
  readonly inflatedRatio: number;
}

const GIB = 1024 ** 3;

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 1_000_000,
  pathBytes: 4096,
  nameBytes: 255,
  depth: 1024,
  recordBytes: 1024 * 1024,
  inflatedFree: 8 * GIB,
  inflatedRatio: 200,
};
