import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../errors.ts';

/** How long a process without free file handles is waited for. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** `openSync`, but waits while there are no file handles to be had (bad-inputs B8). */
export async function openPatiently(path: string | Buffer, flags: number, mode?: number): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return openSync(path, flags, mode);
    } catch (error) {
      const code = systemCode(error);
      if ((code !== 'EMFILE' && code !== 'ENFILE') || performance.now() > deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
