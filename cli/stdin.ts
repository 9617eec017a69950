import { buffer } from 'node:stream/consumers';
import { EngineError } from '#engine';

/**
 * All that is piped in.
 * @throws EngineError INPUT_INVALID on a terminal, where nobody could see that it waits
 */
export async function readStdin(stdin: NodeJS.ReadStream): Promise<Buffer> {
  if (!stdin.isTTY) return await buffer(stdin);
  throw new EngineError('INPUT_INVALID', 'No input file specified and no data piped.', {
    advice: 'Pipe it in, such as `cat FILE | modelkit …`.',
  });
}
