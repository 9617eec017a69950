import { createHash } from 'node:crypto';
import { EngineError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { gzipped } from './gzipped.ts';
import type { LayerSource } from './layerSource.ts';
import { type TarOptions, tarBytes } from './tarBytes.ts';

export interface LayerContentOptions extends TarOptions {
  readonly compression: 'none' | 'gzip' | 'gzip-fastest';
}

export interface LayerFacts {
  /** Digest of the uncompressed tar. */
  readonly diffId: Digest;
  readonly tarSize: number;
}

/** A layer as bytes: reads each file once, while the bytes are taken. */
export interface LayerContent {
  /** To be read once; a chunk may be overwritten some chunks later. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Known after the bytes were read to their end. */
  facts(): LayerFacts;
}

export function layerContent(source: LayerSource, options: LayerContentOptions): LayerContent {
  const tar = new HashedTar(tarBytes(source, options));
  const bytes = options.compression === 'none' ? tar.bytes() : gzipped(tar.bytes(), options.compression);
  return { bytes, facts: () => tar.facts() };
}

class HashedTar {
  readonly #tar: AsyncIterable<Buffer>;
  #facts: LayerFacts | undefined;

  constructor(tar: AsyncIterable<Buffer>) {
    this.#tar = tar;
  }

  async *bytes(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let tarSize = 0;
    for await (const chunk of this.#tar) {
      hash.update(chunk);
      tarSize += chunk.byteLength;
      yield chunk;
    }
    this.#facts = { diffId: `sha256:${hash.digest('hex')}`, tarSize };
  }

  facts(): LayerFacts {
    if (this.#facts) return this.#facts;
    throw new EngineError('INTERNAL', 'A layer was asked for its digest before it was read.');
  }
}
