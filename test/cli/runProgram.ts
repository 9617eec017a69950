import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { NetworkLimits } from '#engine';
import { runProgram } from '../../cli/program.ts';

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<NetworkLimits>;
}

/** Runs the command line in this process, as with pipes for its three streams. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? '');
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const output = Promise.all([text(stdout), text(stderr)]);
  const system = {
    stdin,
    stdout,
    stderr,
    env: { ...options.env },
    ...(options.limits ? { limits: options.limits } : {}),
  };
  const exit = await runProgram(
    args,
    options.signal ?? new AbortController().signal,
    system as unknown as NodeJS.Process,
  );
  stdout.end();
  stderr.end();
  const [printed, noted] = await output;
  return { exit, stdout: printed, stderr: noted };
}
