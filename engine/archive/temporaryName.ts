import { formatOwner, parseOwner, randomName, stateOf, thisOwner } from '../store/owner.ts';

const TEMPORARY = /^\.modelkit-tmp-(.+)-[0-9a-f]{12}$/;

/** The folder in the target that holds a run's files until their layer turned out to be right. */
export async function temporaryName(): Promise<string> {
  return `.modelkit-tmp-${formatOwner(await thisOwner())}-${randomName()}`;
}

export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

/** True for the name of a temporary whose process is gone. Of one on another machine nobody here can tell. */
export async function isLeftover(name: string): Promise<boolean> {
  const owner = parseOwner(TEMPORARY.exec(name)?.[1] ?? '');
  return owner !== undefined && (await stateOf(owner, await thisOwner())) === 'dead';
}
