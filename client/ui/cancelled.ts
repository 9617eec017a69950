import { EngineError } from '#engine';

/** What a question ends with when the user presses Escape. */
export function cancelled(): EngineError {
  return new EngineError('CANCELLED', 'Cancelled.');
}
