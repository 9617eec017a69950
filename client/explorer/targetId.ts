import type { NodeTarget } from '../nodeTarget.ts';
import { idOf } from './address.ts';

/** The id of the node that a command's target stands for; undefined for one that is not in the tree. */
export function targetId(target: NodeTarget): string | undefined {
  const { where, reference, repository, registry } = target;
  if (reference !== undefined) return kitId(where, reference);
  if (repository !== undefined) return repositoryId(where, repository);
  return registry === undefined ? undefined : idOf({ type: 'registry', host: registry });
}

function kitId(where: NodeTarget['where'], reference: string): string | undefined {
  const at = reference.indexOf('@');
  const end = at < 0 ? reference.indexOf(':', reference.lastIndexOf('/')) : at;
  if (end < 0) return repositoryId(where, reference);
  const name = reference.slice(end + 1);
  const repository = reference.slice(0, end);
  if (where === 'local') return idOf({ type: 'storeKit', repository, name });
  const parts = split(repository);
  return parts && idOf({ type: 'registryKit', ...parts, name });
}

function repositoryId(where: NodeTarget['where'], repository: string): string | undefined {
  if (where === 'local') return idOf({ type: 'storeRepository', repository });
  const parts = split(repository);
  return parts && idOf({ type: 'repository', ...parts });
}

function split(name: string): { readonly host: string; readonly repository: string } | undefined {
  const slash = name.indexOf('/');
  return slash < 0 ? undefined : { host: name.slice(0, slash), repository: name.slice(slash + 1) };
}
