import { EngineError } from '../errors.ts';

/**
 * The date for a manifest: SOURCE_DATE_EPOCH as RFC 3339 in UTC, to the second (spec 3.1).
 * @throws EngineError INPUT_INVALID for what is no number of seconds
 */
export function createdAt(sourceDateEpoch: string | undefined): string | undefined {
  if (sourceDateEpoch === undefined || sourceDateEpoch === '') return undefined;
  const date = new Date(Number(sourceDateEpoch) * 1000);
  if (!/^\d+$/.test(sourceDateEpoch) || Number.isNaN(date.getTime()))
    throw new EngineError('INPUT_INVALID', `invalid SOURCE_DATE_EPOCH "${sourceDateEpoch}"`, {
      advice: 'It is a whole number of seconds since 1970. Correct it, or unset it.',
    });
  return date.toISOString().replace('.000Z', 'Z');
}
