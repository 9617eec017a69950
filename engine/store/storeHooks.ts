import type { WarningCode } from '../errors.ts';
import type { Disk } from './disk.ts';

/** What the store tells while it works. */
export interface StoreHooks {
  /** The store waits for another process. */
  readonly onWaiting?: (message: string) => void;
  readonly onWarning?: (code: WarningCode, message: string) => void;
}

export interface StoreOptions extends StoreHooks {
  /** File operations; those of Node unless told. */
  readonly disk?: Disk;
}
