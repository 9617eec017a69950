import { pipeline } from 'node:stream';
import { extract } from 'tar-stream';
import { isEngineError, systemCode } from '../errors.ts';
import { beyond, corrupt } from './archiveErrors.ts';
import type { ArchiveLimits } from './limits.ts';
import { type EntryHead, TarGuard } from './tarGuard.ts';

export interface ReadEntry extends EntryHead {
  /** Its content; what is not read is passed over. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Tars from before 1988 have no magic. The types do not know this option. */
const OPTIONS: object = { allowUnknownFormat: true };

/**
 * The entries of a tar, one at a time, as tar-stream reads them and our guard allows.
 * @throws EngineError ARCHIVE_CORRUPT, ARCHIVE_UNSAFE, ARCHIVE_LIMIT, FORMAT_UNSUPPORTED, and what the content throws
 */
export async function* tarEntries(tar: AsyncIterable<Uint8Array>, limits: ArchiveLimits): AsyncGenerator<ReadEntry> {
  const guard = new TarGuard(limits);
  const extractor = extract(OPTIONS);
  // A failure comes out of the loop below.
  pipeline(guard.pass(tar), extractor, () => undefined);
  let count = 0;
  try {
    for await (const stream of extractor) {
      const head = guard.heads.shift();
      if (!head || head.size !== (stream.header.size ?? 0)) throw corrupt('two readings of it differ');
      count += 1;
      if (count > limits.entries) throw beyond('entries', `has more than ${limits.entries} entries`, limits.entries);
      yield { ...head, body: stream as AsyncIterable<Uint8Array> };
      stream.resume();
    }
  } catch (error) {
    // tar-stream's own errors have no code.
    throw isEngineError(error) || systemCode(error) !== undefined ? error : corrupt('it is no tar', error);
  }
}
