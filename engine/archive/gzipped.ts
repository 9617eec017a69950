import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';

const LEVELS = { gzip: 6, 'gzip-fastest': 1 } as const;
const CHUNK = 256 * 1024;
/** Header fields after the magic, method, flags and a time of 0 (RFC 1952). */
const XFL = 8;
const OS = 9;
const UNKNOWN_OS = 255;
const FASTEST = 4;

/** One gzip member with the header that Go writes (spec 2.6); zlib would name its system. */
export async function* gzipped(
  content: AsyncIterable<Buffer>,
  compression: keyof typeof LEVELS,
): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: LEVELS[compression], chunkSize: CHUNK });
  // A failure comes out of the loop below.
  pipeline(content, gzip, () => undefined);
  let position = 0;
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    for (const [offset, byte] of [
      [XFL, compression === 'gzip' ? 0 : FASTEST],
      [OS, UNKNOWN_OS],
    ] as const)
      if (offset >= position && offset < position + chunk.byteLength) chunk[offset - position] = byte;
    position += chunk.byteLength;
    yield chunk;
  }
}
