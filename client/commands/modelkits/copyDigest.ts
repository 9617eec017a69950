import * as vscode from 'vscode';
import { type CommandTarget, nodesOf } from '../../nodeTarget.ts';
import type { Services } from '../../services.ts';

/** Copies the digests of ModelKits or layers, one a line. */
export async function copyDigest(
  _services: Services,
  target?: CommandTarget,
  selected?: readonly CommandTarget[],
): Promise<void> {
  const digests = nodesOf(target, selected)
    .map(({ digest }) => digest)
    .filter((digest) => digest !== undefined);
  if (digests.length > 0) await vscode.env.clipboard.writeText(digests.join('\n'));
}
