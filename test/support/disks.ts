import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * A small disk of its own, which goes after the test. Needs Linux and root, as in CI; elsewhere the test fails with what
 * `mount` says.
 * @param options of tmpfs, such as `size=1m`
 * @returns where it is mounted
 */
export function mountSmallDisk(options: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelkit-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** From now on nothing can be written to it: root, too, gets EROFS. */
export function makeReadOnly(disk: string): void {
  execFileSync('mount', ['-o', 'remount,ro', disk]);
}
