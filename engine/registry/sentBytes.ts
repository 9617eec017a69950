import type { Hash } from 'node:crypto';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import type { BlobStream } from '../store/store.ts';
import { digestMismatch } from '../store/verify.ts';

/**
 * Hashes a blob while it is sent, over all requests that it takes: a blob that was damaged on our disk is never sent whole,
 * whatever the registry checks itself (bad-inputs B4).
 */
export class SentBytes {
  readonly #node: Descriptor;
  #hash: Hash;
  #hashed = 0;

  constructor(node: Descriptor) {
    this.#node = node;
    this.#hash = digestHasher(node.digest);
  }

  /**
   * Passes bytes on. The last ones of the blob pass only when all of them are what its digest says.
   * @param from where in the blob they begin: never behind what was sent before
   * @throws EngineError BLOB_DIGEST_MISMATCH
   */
  async *pass(bytes: BlobStream, from: number): BlobStream {
    if (from === 0) this.#restart();
    let at = from;
    for await (const chunk of bytes) {
      // What is sent again after a lost connection was hashed the first time.
      const fresh = chunk.subarray(Math.max(0, this.#hashed - at));
      this.#hash.update(fresh);
      this.#hashed += fresh.byteLength;
      at += chunk.byteLength;
      if (at === this.#node.size) this.#assertRight();
      yield chunk;
    }
  }

  #restart(): void {
    this.#hash = digestHasher(this.#node.digest);
    this.#hashed = 0;
  }

  #assertRight(): void {
    const actual = this.#hash.copy().digest('hex');
    if (actual !== digestHex(this.#node.digest)) throw digestMismatch(this.#node, actual);
  }
}
