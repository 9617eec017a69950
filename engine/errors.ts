/** Every way in which the engine can fail. Stable: used in `--json`, logs, tests and the message catalogue. */
export const ERROR_CODES = [
  'KITFILE_NOT_FOUND',
  'KITFILE_SYNTAX',
  'KITFILE_SCHEMA',
  'KITFILE_RULE',
  'KITFILE_LIMIT',
  'KITIGNORE_SYNTAX',
  'PATH_NOT_FOUND',
  'PATH_OUTSIDE',
  'PATH_UNSUPPORTED',
  'FILE_UNREADABLE',
  'FILE_CHANGED',
  'REFERENCE_INVALID',
  'REFERENCE_NOT_FOUND',
  'REFERENCE_CHAIN',
  'STORE_CORRUPT',
  'STORE_LOCKED',
  'STORE_UNSUPPORTED',
  'PERMISSION_DENIED',
  'DISK_FULL',
  'IO_ERROR',
  'BLOB_MISSING',
  'BLOB_DIGEST_MISMATCH',
  'BLOB_SIZE_MISMATCH',
  'NETWORK_UNREACHABLE',
  'NETWORK_TIMEOUT',
  'TLS_FAILED',
  'PROXY_FAILED',
  'REGISTRY_UNAUTHORIZED',
  'REGISTRY_DENIED',
  'REGISTRY_RATE_LIMITED',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_UNSUPPORTED',
  'REGISTRY_REJECTED',
  'REGISTRY_PROTOCOL',
  'REDIRECT_REFUSED',
  'MANIFEST_INVALID',
  'METADATA_TOO_LARGE',
  'NOT_A_MODELKIT',
  'FORMAT_UNSUPPORTED',
  'ARCHIVE_CORRUPT',
  'ARCHIVE_UNSAFE',
  'ARCHIVE_LIMIT',
  'TARGET_EXISTS',
  'TARGET_CONFLICT',
  'CREDENTIALS_INVALID',
  'CREDENTIAL_HELPER_FAILED',
  'WORKSPACE_UNTRUSTED',
  'INPUT_INVALID',
  'SIGNATURE_INVALID',
  'POLICY_REFUSED',
  'CANCELLED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What the user is told although the work goes on. */
export type WarningCode =
  | 'FILE_SKIPPED'
  | 'LAYER_EMPTY'
  | 'INDEX_REPAIRED'
  | 'SECRET_FOUND'
  | 'PORTABILITY'
  | 'DIALECT';

/** Facts behind an error, for `--json`, logs and translated sentences. Never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface ErrorOptions {
  /** What to do next, one sentence. */
  readonly advice?: string;
  readonly facts?: ErrorFacts;
  readonly cause?: unknown;
}

/** A failure that a user can read: `message` is one sentence, `advice` says what to do next. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.advice = options.advice;
    this.facts = options.facts ?? {};
  }
}

/** What happened and what to do next as one text; kit's own sentences, which some messages are, have no full stop. */
export function fullText({
  message,
  advice,
}: {
  readonly message: string;
  readonly advice?: string | undefined;
}): string {
  if (!advice) return message;
  return `${/[.!?:…]["”’)]?$/.test(message) ? message : `${message}.`} ${advice}`;
}

/** True for an EngineError, also one from another bundle or a worker: compares the shape, not the class. */
export function isEngineError(error: unknown): error is EngineError {
  return error instanceof Error && error.name === 'EngineError' && 'code' in error;
}

/** Throws CANCELLED when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('CANCELLED', 'Cancelled.', { cause: signal.reason });
}

const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'PERMISSION_DENIED',
  EPERM: 'PERMISSION_DENIED',
  EROFS: 'PERMISSION_DENIED',
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
};

const SYSTEM_ADVICE: Partial<Record<ErrorCode, string>> = {
  PERMISSION_DENIED: 'Check who owns it and its permissions, then try again.',
  DISK_FULL: 'Free some space, for example by removing ModelKits that you no longer need, then try again.',
  IO_ERROR: 'Check the disk, then try again.',
};

/** The `code` of a Node system error such as `ENOENT`, or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Turns a failed file operation into an EngineError; EngineErrors and aborts pass through as what they are.
 * @param doing what was tried, as the middle of a sentence: `write /a/b`
 */
export function fromSystemError(error: unknown, doing: string): EngineError {
  if (isEngineError(error)) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new EngineError('CANCELLED', 'Cancelled.', { cause: error });
  const system = systemCode(error);
  const code = (system !== undefined && SYSTEM_CODES[system]) || 'IO_ERROR';
  const advice = SYSTEM_ADVICE[code];
  return new EngineError(code, `Could not ${doing}${system ? ` (${system})` : ''}.`, {
    ...(advice ? { advice } : {}),
    facts: { doing, ...(system ? { system } : {}) },
    cause: error,
  });
}
