import { formatReference, parseReference, withDefaultTag } from '#engine';

/** A typed reference in the form that nodes have: with registry, and with tag or digest. */
export function fullReference(text: string): string {
  return formatReference(withDefaultTag(parseReference(text)));
}
