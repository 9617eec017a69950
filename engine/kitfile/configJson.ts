import { EngineError } from '../errors.ts';
import type { Kitfile } from './model.ts';

/** The config of a ModelKit: its Kitfile as Go's encoding/json writes it, byte for byte (spec 1.2, 1.6). */
export function configJson(_kitfile: Kitfile): Buffer {
  throw new EngineError('INTERNAL', 'Not here yet.');
}
