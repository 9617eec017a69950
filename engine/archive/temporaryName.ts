import { randomBytes } from 'node:crypto';

const TEMPORARY = /^\.modelkit-tmp-(\d{1,10})-[0-9a-f]{16}$/;

/** The folder in the target that holds a run's files until their layer turned out to be right. */
export function temporaryName(): string {
  return `.modelkit-tmp-${process.pid}-${randomBytes(8).toString('hex')}`;
}

export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

/** True for the name of a temporary whose process is gone. */
export function isLeftover(name: string): boolean {
  const pid = TEMPORARY.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}
