import { EngineError } from '../errors.ts';
import { shownName } from './fileName.ts';

/** Errors of what we read; each says which entry. */
export function corrupt(what: string, cause?: unknown): EngineError {
  return new EngineError('ARCHIVE_CORRUPT', `The layer's archive is broken: ${what}.`, {
    advice: 'Pull the ModelKit again; if that does not help, it was packed wrongly.',
    cause,
  });
}

export function unsafe(path: string, why: string): EngineError {
  const shown = shownName(path);
  return new EngineError('ARCHIVE_UNSAFE', `"${shown}" is refused: ${why}.`, {
    advice: 'Do not use this ModelKit unless you trust who packed it, and ask them to pack it again.',
    facts: { path: shown },
  });
}

/** @param name the limit's name in `--limit NAME=VALUE` */
export function beyond(name: string, what: string, limit: number): EngineError {
  return new EngineError('ARCHIVE_LIMIT', `The layer ${what}; the limit is ${limit}.`, {
    advice: `If you trust who packed it, raise the limit "${name}".`,
    facts: { name, limit },
  });
}
