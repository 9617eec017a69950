import { EngineError } from '../errors.ts';
import type { Kitfile } from './model.ts';

/** A Kitfile as kit writes it; but integers stay integers (spec 1.7). */
export function kitfileYaml(_kitfile: Kitfile): string {
  throw new EngineError('INTERNAL', 'Not here yet.');
}
