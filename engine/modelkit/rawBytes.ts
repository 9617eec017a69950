import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerSource } from '../archive/layerSource.ts';
import type { TarOptions } from '../archive/tarBytes.ts';
import { EngineError, fromSystemError, throwIfCancelled } from '../errors.ts';

/** A layer that is one file, byte for byte: an MCP bundle (spec 2.7). */
export async function* rawBytes({ context, path }: LayerSource, options: TarOptions): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of fileBytes(join(context, path), path, options.signal)) {
    done += chunk.byteLength;
    options.onBytes?.(done);
    yield chunk;
  }
}

/** Size and time of change are compared on the same handle before and after (bad-inputs A14). */
async function* fileBytes(file: string, shown: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw fromSystemError(error, `read ${shown}`);
  });
  try {
    const before = await handle.stat({ bigint: true });
    let size = 0n;
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      throwIfCancelled(signal);
      size += BigInt(chunk.byteLength);
      yield chunk;
    }
    const after = await handle.stat({ bigint: true });
    if (size !== before.size || after.size !== before.size || after.mtimeNs !== before.mtimeNs)
      throw new EngineError('FILE_CHANGED', `${shown} changed while it was packed.`, {
        advice: 'Wait until nothing writes to it, then pack again.',
        facts: { path: shown },
      });
  } finally {
    await handle.close();
  }
}
