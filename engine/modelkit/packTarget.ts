import {
  displayReference,
  isTag,
  LOCAL_REGISTRY,
  NAMELESS_REPOSITORY,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../oci/reference.ts';
import type { Call } from './call.ts';

/** The name and tags that a packed kit gets. */
export interface PackTarget {
  readonly reference: Reference;
  readonly tags: readonly string[];
}

/**
 * Reads `repository:tag,tag`. Without a tag it is `latest`, without anything the kit has no name and no tag (spec 4.4).
 * What cannot be a tag is left out with a warning, where kit takes it as it is (spec 4.8).
 * @throws EngineError REFERENCE_INVALID
 */
export function packTarget(text: string | undefined, { onEvent }: Call): PackTarget {
  if (text === undefined || text === '')
    return { reference: { registry: LOCAL_REGISTRY, repository: NAMELESS_REPOSITORY, extraTags: [] }, tags: [] };
  const reference = withDefaultTag(parseReference(text));
  const wanted = [...(reference.tag === undefined ? [] : [reference.tag]), ...reference.extraTags];
  const tags = [...new Set(wanted.filter(isTag))];
  const wrong = [...wanted.filter((tag) => !isTag(tag)), ...(reference.digest === undefined ? [] : [reference.digest])];
  for (const name of wrong)
    onEvent?.({
      type: 'warning',
      code: 'PORTABILITY',
      message: `"${name}" cannot be a tag and is left out. Several tags are written like ${displayReference(reference).replace(/[:@].*/, '')}:1.0.0,latest.`,
    });
  return { reference, tags };
}
