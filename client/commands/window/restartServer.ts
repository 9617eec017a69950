import type { Services } from '../../services.ts';

/** Ends the language server's process and starts another one. */
export async function restartServer(services: Services): Promise<void> {
  await services.language.restart();
}
