import { asNode, type CommandTarget } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Reads again what the trees and the page show. */
export async function refresh(services: Services, target?: CommandTarget): Promise<void> {
  services.explorer.refresh(asNode(target)?.where);
}
