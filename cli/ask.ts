import { createInterface } from 'node:readline/promises';
import { EngineError } from '#engine';
import type { Terminal } from './verb.ts';

/** Asks for a line on the terminal. @throws EngineError CANCELLED */
export async function askLine({ input, output }: Terminal, question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  // Ctrl-C reaches the interface and not the process while it reads.
  const interrupted = new AbortController();
  lines.on('SIGINT', () => interrupted.abort());
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, interrupted.signal]) });
  } catch (error) {
    throw cancelled(error);
  } finally {
    lines.close();
  }
}

const ENTER = ['\r', '\n'];
const ERASE = ['\b', '\u007f'];
/** Ctrl-C and Ctrl-D, which a terminal in raw mode sends as bytes. */
const END = ['\u0003', '\u0004'];

/** Asks for a password: nothing of it is shown. @throws EngineError CANCELLED */
export async function askSecret({ input, output }: Terminal, question: string, signal: AbortSignal): Promise<string> {
  output.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  try {
    return await readSecret(input, signal);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

async function readSecret(input: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  let secret: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stop = () => reject(cancelled(signal.reason));
  const read = (text: string) => {
    for (const char of text) {
      if (END.includes(char)) return stop();
      if (ENTER.includes(char)) return resolve(secret.join(''));
      secret = ERASE.includes(char) ? secret.slice(0, -1) : [...secret, char];
    }
  };
  input.on('data', read);
  signal.addEventListener('abort', stop);
  input.resume();
  return await promise.finally(() => {
    input.off('data', read);
    signal.removeEventListener('abort', stop);
  });
}

function cancelled(cause: unknown): EngineError {
  return new EngineError('CANCELLED', 'Cancelled.', { cause });
}
