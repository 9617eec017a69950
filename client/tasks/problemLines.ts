import { join } from 'node:path';
import { isEngineError } from '#engine';
import type { EngineClient } from '../engine/engineClient.ts';

/**
 * The problems of a Kitfile as the problem matcher `$modelkit` reads them and `modelkit check` writes them:
 * `path:line:column: severity CODE rule: text`.
 */
export async function problemLines(
  engine: EngineClient,
  folder: string,
  kitfile = 'Kitfile',
): Promise<readonly string[]> {
  const path = join(folder, kitfile);
  const { problems } = await engine.summary({ kitfile: path }).catch((error: unknown) => {
    // The error that ended the task says the same.
    if (isEngineError(error)) return { problems: [] };
    throw error;
  });
  return problems.map(
    ({ severity, code, rule, message, line, column }) =>
      `${path}:${line}:${column}: ${severity} ${code} ${rule}: ${message}`,
  );
}
