import { displayReference, isTag, parseReference, withDefaultTag } from '#engine';

export interface Naming {
  /** `package.name` and `package.version` of the Kitfile. */
  readonly name?: string;
  readonly version?: string;
  /** Name of the folder, for a Kitfile that does not say its own. */
  readonly folder: string;
  /** `registry/repository` that this Kitfile was packed as before. */
  readonly lastRepository?: string;
  /** Registry and what comes before the name, such as `ghcr.io/team`: used for a Kitfile that was never packed. */
  readonly lastPrefix?: string;
}

/** The reference that is offered: the repository used before, or the name in the Kitfile, with the version as tag. */
export function defaultReference({ name, version, folder, lastRepository, lastPrefix }: Naming): string {
  const own = repositoryPart(name ?? '') || repositoryPart(folder) || 'model';
  const prefix = lastPrefix === undefined || lastPrefix === '' ? '' : `${lastPrefix}/`;
  const repository = parseReference(lastRepository ?? `${prefix}${own}`);
  const tag = version !== undefined && isTag(version) ? { tag: version } : {};
  return displayReference(withDefaultTag({ ...repository, ...tag }));
}

/** A name for people as a part of a repository's name (spec 4.8): `My Model (v2)` becomes `my-model-v2`. */
function repositoryPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
