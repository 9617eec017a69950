import { pipeline, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { EngineError, isEngineError, systemCode } from '../errors.ts';
import type { Compression } from '../oci/mediaTypes.ts';
import { beyond, corrupt } from './archiveErrors.ts';
import type { ArchiveLimits } from './limits.ts';

export interface Inflation {
  readonly compression: Compression;
  /** Size of the blob, for the limit; undefined when nothing is written. */
  readonly size: number | undefined;
  readonly limits: ArchiveLimits;
}

const CHUNK = 512 * 1024;

/**
 * The tar inside a layer's blob. Several gzip members are read as one; whatever follows them is
 * refused, and also a second zstd frame, which kit does not write and Node's decoder leaves unread.
 * @throws EngineError ARCHIVE_CORRUPT, ARCHIVE_LIMIT for a bomb (bad-inputs D15, D16), FORMAT_UNSUPPORTED
 */
export function decompressed(content: AsyncIterable<Uint8Array>, inflation: Inflation): AsyncIterable<Uint8Array> {
  return inflation.compression === 'none' ? content : inflate(content, inflation);
}

async function* inflate(
  content: AsyncIterable<Uint8Array>,
  { compression, size, limits }: Inflation,
): AsyncGenerator<Uint8Array> {
  const inflater = inflaterFor(compression);
  const counted = new Counted(content);
  // A failure comes out of the loop below.
  pipeline(counted.bytes(), inflater, () => undefined);
  let output = 0;
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) {
      output += chunk.byteLength;
      if (size !== undefined && output > limits.inflatedFree && output > limits.inflatedRatio * size)
        throw beyond('inflatedRatio', `grows to more than ${output} bytes from ${size}`, limits.inflatedRatio);
      yield chunk;
    }
  } catch (error) {
    throw isCompressionError(error) ? corrupt(`its ${compression} data cannot be read`, error) : error;
  }
  // zlib takes zeros after the last member for padding, Go does not.
  if (counted.total !== bytesUsed(inflater)) throw corrupt(`there are bytes after its ${compression} data`);
}

function inflaterFor(compression: Compression): Transform {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: CHUNK });
  if (typeof zlib.createZstdDecompress === 'function') return zlib.createZstdDecompress({ chunkSize: CHUNK });
  throw new EngineError(
    'FORMAT_UNSUPPORTED',
    'This layer is compressed with zstd, which this version of Node cannot read.',
    {
      advice: 'Use Node 22.15 or newer.',
      facts: { node: process.version },
    },
  );
}

/** Node's own errors begin with `Z_`, `ERR_ZLIB` or `ZSTD_`. */
function isCompressionError(error: unknown): boolean {
  if (isEngineError(error)) return false;
  return /^(?:Z_|ERR_ZLIB|ZSTD_|ERR_ZSTD)/.test(systemCode(error) ?? '');
}

function bytesUsed(inflater: Transform): number {
  return 'bytesWritten' in inflater ? Number(inflater.bytesWritten) : 0;
}

class Counted {
  total = 0;
  readonly #content: AsyncIterable<Uint8Array>;

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#content = content;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#content) {
      this.total += chunk.byteLength;
      yield chunk;
    }
  }
}
