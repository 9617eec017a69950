import { cleanPath } from '../archive/cleanPath.ts';
import { EngineError } from '../errors.ts';
import { layerEntries } from '../kitfile/entries.ts';
import type { Kitfile } from '../kitfile/model.ts';
import { isModelReference } from '../kitfile/reference.ts';
import { displayReference, parseReference, withDefaultTag } from '../oci/reference.ts';
import type { Call } from './call.ts';
import { checkChain, type Link } from './chain.ts';
import type { Engine } from './engine.ts';
import { type FoundKit, findKit } from './findKit.ts';

/**
 * The ModelKits that the model of a Kitfile comes from, nearest first: local storage first, then the registry, with the
 * network options of this engine (spec 1.9).
 * @param child the start of the chain
 * @throws EngineError REFERENCE_CHAIN, REFERENCE_NOT_FOUND, and what reading a kit throws
 */
export async function resolveParents(
  engine: Engine,
  kitfile: Kitfile,
  child: Link,
  call: Call,
): Promise<readonly FoundKit[]> {
  const chain: Link[] = [child];
  const parents: FoundKit[] = [];
  let next = parentOf(kitfile);
  while (next !== undefined) {
    const reference = withDefaultTag(parseReference(next));
    const name = displayReference(reference);
    checkChain(chain, { reference: name });
    const parent = await findKit(engine, reference, undefined, call);
    checkChain(chain, { reference: name, digest: parent.root.digest });
    chain.push({ reference: name, digest: parent.root.digest });
    parents.push(parent);
    next = parentOf(parent.kitfile);
  }
  return parents;
}

/** The reference in `model.path`, if it is one. */
function parentOf({ model }: Kitfile): string | undefined {
  return model?.path !== undefined && isModelReference(model.path) ? model.path : undefined;
}

/**
 * The paths that parents own, cleaned: the child does not pack what lies there (spec 1.9, 2.5).
 * @throws EngineError KITFILE_RULE when two parents want one path: neither could be unpacked
 */
export function parentPaths(parents: readonly FoundKit[]): readonly string[] {
  const owners = new Map<string, string>();
  for (const { kitfile, reference } of parents)
    for (const { path, kind } of layerEntries(kitfile)) {
      const clean = cleanPath(path);
      const owner = `${kind} in ${displayReference(reference)}`;
      const other = owners.get(clean);
      if (other !== undefined) throw samePath(other, owner, clean);
      owners.set(clean, owner);
    }
  return [...owners.keys()];
}

function samePath(one: string, other: string, path: string): EngineError {
  return new EngineError('KITFILE_RULE', `${one} and ${other} use the same path ${path}.`, {
    advice: 'Give one of them another path, and pack that ModelKit again.',
    facts: { path },
  });
}
