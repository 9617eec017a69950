import { EngineError } from '../errors.ts';
import type { Kitfile } from './model.ts';

/**
 * Reads the config of a ModelKit as leniently as Go: unknown keys are skipped, keys match in any case (spec 1.3).
 * @throws EngineError MANIFEST_INVALID
 */
export function kitfileFromConfig(_config: Uint8Array): Kitfile {
  throw new EngineError('INTERNAL', 'Not here yet.');
}
