import { EngineError, ERROR_CODES, type ErrorCode, type ErrorFacts, isEngineError } from '#engine';
import { RpcError, type WireError } from '#shared/rpc';

interface WireData {
  readonly advice?: string;
  readonly facts: ErrorFacts;
  /** Where our own bug happened, for the log. */
  readonly stack?: string;
}

/** An error on its way out of the worker. Causes stay behind: they may hold addresses with secrets (bad-inputs E1). */
export function toWire(error: unknown): WireError {
  if (isEngineError(error)) {
    const { code, message, advice, facts } = error;
    return { code, message, data: { facts, ...(advice === undefined ? {} : { advice }) } satisfies WireData };
  }
  if (error instanceof Error && error.name === 'AbortError') return { code: 'CANCELLED', message: 'Cancelled.' };
  const stack = error instanceof Error ? error.stack : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message,
    data: { facts: {}, ...(stack === undefined ? {} : { stack }) } satisfies WireData,
  };
}

/** The same error on this side. */
export function fromWire(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  if (!(error instanceof RpcError)) return new EngineError('INTERNAL', String(error));
  const { advice, facts, stack } = (error.data ?? {}) as Partial<WireData>;
  return new EngineError(codeOf(error.code), error.message, {
    ...(advice === undefined ? {} : { advice }),
    facts: { ...facts, ...(stack === undefined ? {} : { stack }) },
  });
}

function codeOf(code: string): ErrorCode {
  return ERROR_CODES.find((known) => known === code) ?? 'INTERNAL';
}
