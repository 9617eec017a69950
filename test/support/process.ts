import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Service {
  /** The first group of the pattern that its output matched. */
  readonly announced: string;
  /** All that it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts a program that goes on running, and waits until its output matches the pattern.
 * @throws Error with all its output when it ends before
 */
export async function startService(
  program: string,
  args: readonly string[],
  ready: RegExp,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Service> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const announced = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      const match = ready.exec(output);
      if (match) resolve(match[1] ?? '');
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready:\n${output}`)));
  });
  return { announced, output: () => output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(force);
}
