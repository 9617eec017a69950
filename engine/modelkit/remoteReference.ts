import { EngineError } from '../errors.ts';
import { displayReference, isLocalOnly, parseReference, type Reference } from '../oci/reference.ts';

/**
 * Reads a reference that must name a registry (spec 4.7); further tags after a comma are refused.
 * @param doing `pushing`, `pulling`: for kit's own sentence
 * @throws EngineError REFERENCE_INVALID
 */
export function remoteReference(text: string, doing: string): Reference {
  const reference = singleReference(text);
  if (!isLocalOnly(reference)) return reference;
  throw new EngineError(
    'REFERENCE_INVALID',
    `A registry is required when ${doing}; ${displayReference(reference)} names none.`,
    {
      advice: 'Put it in front, such as ghcr.io/team/model:1.0.0 or localhost:5000/model:1.0.0.',
      facts: { reference: displayReference(reference) },
    },
  );
}

/** @throws EngineError REFERENCE_INVALID also for several tags at once */
export function singleReference(text: string): Reference {
  const reference = parseReference(text);
  if (reference.extraTags.length === 0) return reference;
  throw new EngineError('REFERENCE_INVALID', 'Only one tag is possible here.', {
    advice: 'Name one tag, and call again for the others.',
    facts: { reference: displayReference(reference) },
  });
}

/** The tag or digest to resolve; `latest` where the text gave neither. */
export function tagOrDigest({ tag, digest }: Reference): string {
  return digest ?? tag ?? 'latest';
}
