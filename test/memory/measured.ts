import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/modelkit.cjs', import.meta.url));

/** How often the process is looked at. Linux keeps the peak for us, so none falls between two looks. */
const INTERVAL_MS = 50;

export interface Measured {
  /** Greatest resident memory, in bytes. */
  readonly peak: number;
  readonly output: string;
}

/**
 * Runs the built command line in a process of its own and watches its resident memory.
 * @throws Error with what it printed when it fails
 */
export async function runMeasured(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let peak = 0;
  const watch = setInterval(async () => {
    peak = Math.max(peak, await peakMemory(child.pid));
  }, INTERVAL_MS);
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  clearInterval(watch);
  if (code !== 0) throw new Error(`modelkit ${args.join(' ')} ended with ${code}:\n${errors}`);
  return { peak, output };
}

/** VmHWM of /proc/PID/status: the greatest resident memory so far. 0 when the process is gone. */
async function peakMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
