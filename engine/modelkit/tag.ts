import { EngineError } from '../errors.ts';
import { formatReference, parseReference, type Reference, repositoryName, withDefaultTag } from '../oci/reference.ts';
import { copy } from '../store/copy.ts';
import type { Call } from './call.ts';
import { type Engine, storeFor } from './engine.ts';
import { findKit } from './findKit.ts';
import { tagOrDigest } from './remoteReference.ts';

export interface TagResult {
  /** Both in full form, with `localhost/`, as kit shows them. */
  readonly from: string;
  readonly to: string;
  readonly digest: string;
}

/**
 * Gives a ModelKit of the local store another name: its blobs are shared, a tag that is there already moves (spec 4.4).
 * @throws EngineError REFERENCE_INVALID, REFERENCE_NOT_FOUND, STORE_*, PERMISSION_DENIED
 */
export async function tag(engine: Engine, source: string, destination: string, call: Call = {}): Promise<TagResult> {
  const from = withDefaultTag(parseReference(source));
  const to = withDefaultTag(parseReference(destination));
  if (to.tag === undefined) throw needsTag(to);
  const store = storeFor(engine, call);
  const { root } = await findKit(engine, from, 'local', call);
  const target = store.repository(repositoryName(to));
  if (repositoryName(from) === repositoryName(to)) await target.tag(root, to.tag, call.signal);
  else
    await copy(store.repository(repositoryName(from)), tagOrDigest(from), target, to.tag, {
      ...(call.signal ? { signal: call.signal } : {}),
    });
  return { from: formatReference(from), to: formatReference(to), digest: root.digest };
}

function needsTag(reference: Reference): EngineError {
  return new EngineError(
    'REFERENCE_INVALID',
    `${formatReference(reference)} is a digest, and cannot be given as a tag.`,
    {
      advice: 'Name a tag, such as model:1.0.0.',
    },
  );
}
