import { asNode, type CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Shows the next page in a tree. */
export async function loadMore(services: Services, target?: CommandTarget): Promise<void> {
  const node = asNode(target);
  if (node) await services.explorer.loadMore(node);
}
