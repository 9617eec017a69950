import { EngineError } from '../errors.ts';

/** One ModelKit in a chain of references. */
export interface Link {
  /** In display form. */
  readonly reference: string;
  /** Absent for one that is being packed. */
  readonly digest?: string;
}

/** Parents of one ModelKit, as in kit (spec 1.9). */
const MAX_PARENTS = 10;

/**
 * Checks the next link before it is fetched by its name, and again with its digest: a loop may be spelt in two ways
 * (bad-inputs A25).
 * @param chain from the child on
 * @throws EngineError REFERENCE_CHAIN in kit's words
 */
export function checkChain(chain: readonly Link[], next: Link): void {
  const at = chain.findIndex(
    ({ reference, digest }) => reference === next.reference || (digest !== undefined && digest === next.digest),
  );
  const path = [...chain.slice(Math.max(at, 0)).map(({ reference }) => reference), next.reference].join('=>');
  if (at >= 0) throw chainError(`Found cycle in modelkit references: [${path}]`);
  if (chain.length > MAX_PARENTS) throw chainError(`reached maximum number of model references: [${path}]`);
}

function chainError(message: string): EngineError {
  return new EngineError('REFERENCE_CHAIN', message, {
    advice: 'Correct model.path in one of these ModelKits.',
  });
}
