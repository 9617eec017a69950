import { asNode, type CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Reads again what the trees and the page show, or only the node that was clicked. */
export async function refresh(services: Services, target?: CommandTarget): Promise<void> {
  const node = asNode(target);
  if (node?.kind === 'error') await services.explorer.loadMore(node);
  else services.explorer.refresh(node);
}
