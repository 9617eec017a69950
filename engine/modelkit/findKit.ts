import { EngineError, isEngineError } from '../errors.ts';
import { displayReference, isLocalOnly, type Reference, repositoryName } from '../oci/reference.ts';
import type { Source } from '../store/store.ts';
import type { Call } from './call.ts';
import { type Engine, storeFor } from './engine.ts';
import { type Kit, readKit } from './readKit.ts';
import { waiting } from './waiting.ts';

export type Where = 'local' | 'registry';

/** A ModelKit, and where it was found. */
export interface FoundKit extends Kit {
  readonly reference: Reference;
  readonly where: Where;
  /** Where its layers are. */
  readonly source: Source;
}

/**
 * Finds a ModelKit in the local store, else in the registry that the reference names.
 * @param where looks there only
 * @throws EngineError REFERENCE_NOT_FOUND, REFERENCE_INVALID, and what reading a kit throws
 */
export async function findKit(
  engine: Engine,
  reference: Reference,
  where: Where | undefined,
  call: Call,
): Promise<FoundKit> {
  if (where === 'registry') return await inRegistry(engine, reference, call);
  try {
    const source = storeFor(engine, call).repository(repositoryName(reference));
    return { ...(await readKit(source, reference, call.signal)), reference, where: 'local', source };
  } catch (error) {
    if (where === 'local' || !isAbsent(error) || isLocalOnly(reference)) throw notFound(error, reference);
    return await inRegistry(engine, reference, call);
  }
}

async function inRegistry(engine: Engine, reference: Reference, call: Call): Promise<FoundKit> {
  const name = displayReference(reference);
  if (isLocalOnly(reference))
    throw new EngineError('REFERENCE_INVALID', `can not check remote: ${name} does not contain registry`, {
      advice: 'Put it in front, such as ghcr.io/team/model:1.0.0 or localhost:5000/model:1.0.0.',
      facts: { reference: name },
    });
  const source = engine.registries.repository(reference, waiting(call));
  return { ...(await readKit(source, reference, call.signal)), reference, where: 'registry', source };
}

/** Not here, or not whole here: the registry may have it. */
function isAbsent(error: unknown): boolean {
  return isEngineError(error) && ['REFERENCE_NOT_FOUND', 'BLOB_MISSING'].includes(error.code);
}

/** In kit's words. */
export function notFound(error: unknown, reference: Reference): unknown {
  if (!isEngineError(error) || error.code !== 'REFERENCE_NOT_FOUND') return error;
  const name = displayReference(reference);
  return new EngineError('REFERENCE_NOT_FOUND', `Could not find modelkit ${name}`, {
    advice: '`modelkit list` shows what is in the local store.',
    facts: { reference: name },
    cause: error,
  });
}
