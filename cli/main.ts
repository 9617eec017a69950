import { setFlagsFromString } from 'node:v8';
import { programVersion } from './programVersion.ts';

/** Cancels on the first SIGINT or SIGTERM; the second one ends the process at once. */
function signalFromSystem(): AbortSignal {
  const controller = new AbortController();
  for (const [name, exit] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exit);
      controller.abort(name);
    });
  return controller.signal;
}

/** A reader that leaves early, such as `head`, must not stop the work half-way. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

/**
 * What arrives from a socket is freed together with V8's young objects. Their space may not grow: a pull of any size then
 * takes about 110 MB, else 170, and no longer.
 */
function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

async function main(args: readonly string[]): Promise<void> {
  keepMemorySmall();
  surviveClosedPipes();
  if (args[0] === '--version') {
    process.stdout.write(`${programVersion}\n`);
    return;
  }
  // The rest of the program loads the engine, which asking for the version need not wait for.
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(args, signalFromSystem(), process);
}

void main(process.argv.slice(2));
