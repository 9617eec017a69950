import { asNode, type CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Opens the explorer page, on the ModelKit that was clicked. */
export async function openExplorer(services: Services, target?: CommandTarget): Promise<void> {
  await services.explorer.open(asNode(target));
}
