import { EngineError, fullText, isEngineError } from '#engine';
import type { Io } from './io.ts';

const SIGNAL_EXITS: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * Says what went wrong: one line on stderr, `error CODE: sentence` and what to do next; with `--json` also
 * `{"error": …}` on stdout.
 * @returns the exit code (bad-inputs, "Error codes")
 */
export function reportFailure(error: unknown, io: Io, signal: AbortSignal, verbose: boolean): number {
  const failure = isEngineError(error) ? error : internal(error);
  const { code, message, advice, facts } = failure;
  io.note(`error ${code}: ${oneLine(fullText(failure))}`);
  if (verbose) io.note(String(failure.cause instanceof Error ? failure.cause.stack : (failure.stack ?? '')));
  io.value({ error: { code, message, ...(advice ? { advice } : {}), facts } });
  return code === 'CANCELLED' ? (SIGNAL_EXITS[String(signal.reason)] ?? 130) : 1;
}

function internal(error: unknown): EngineError {
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('INTERNAL', `Something went wrong inside modelkit: ${message}.`, {
    advice: 'Run it again with -v and report what it prints.',
    cause: error,
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}
