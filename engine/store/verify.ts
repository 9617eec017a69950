import { EngineError, type ErrorCode, isEngineError, throwIfCancelled } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestHasher, digestHex } from '../oci/digest.ts';
import type { BlobStream } from './store.ts';

/**
 * The same bytes, checked as they pass: the reader gets an error at the first byte too many, and at the end when bytes
 * are missing or are not what the digest says. Nothing read before the end may be taken for right.
 * @throws EngineError BLOB_SIZE_MISMATCH, BLOB_DIGEST_MISMATCH, CANCELLED, FORMAT_UNSUPPORTED for an unknown algorithm
 */
export async function* verified(content: BlobStream, node: Descriptor, signal?: AbortSignal): BlobStream {
  const hash = digestHasher(node.digest);
  let size = 0;
  for await (const chunk of content) {
    throwIfCancelled(signal);
    size += chunk.byteLength;
    if (size > node.size) throw sizeMismatch(node, size, 'at least ');
    hash.update(chunk);
    yield chunk;
  }
  throwIfCancelled(signal);
  if (size < node.size) throw sizeMismatch(node, size);
  const actual = hash.digest('hex');
  if (actual !== digestHex(node.digest)) throw digestMismatch(node, actual);
}

const UNSOUND: readonly ErrorCode[] = ['BLOB_MISSING', 'BLOB_SIZE_MISMATCH', 'BLOB_DIGEST_MISMATCH'];

/**
 * True when a blob is there and its bytes are right, which only reading it can tell.
 * @throws EngineError what reading throws beyond that it is missing or wrong
 */
export async function isSound(
  open: () => Promise<BlobStream>,
  node: Descriptor,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    for await (const _ of verified(await open(), node, signal));
    return true;
  } catch (error) {
    if (isEngineError(error) && UNSOUND.includes(error.code)) return false;
    throw error;
  }
}

/**
 * The same check for a reader that may lose its way in wrong bytes: when it stops early, `rest` still tells whether the
 * bytes were right.
 */
export class CheckedContent {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #failure: unknown;

  constructor(content: BlobStream, node: Descriptor, signal?: AbortSignal) {
    this.#iterator = verified(content, node, signal)[Symbol.asyncIterator]();
  }

  /** Can be left and taken up again, unlike a generator. */
  bytes(): BlobStream {
    return { [Symbol.asyncIterator]: () => ({ next: () => this.#next() }) };
  }

  /** Reads what is left. @throws EngineError as `verified` does, also when the reader has got that error and not heeded it */
  async rest(): Promise<void> {
    while (!(await this.#next()).done);
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await this.#iterator.next();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}

export function sizeMismatch({ digest, size }: Descriptor, actual: number, more = ''): EngineError {
  return new EngineError('BLOB_SIZE_MISMATCH', `${digest} has ${more}${actual} bytes instead of ${size}.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest, expected: size, actual },
  });
}

export function digestMismatch({ digest }: Descriptor, actualHex: string): EngineError {
  return new EngineError('BLOB_DIGEST_MISMATCH', `The bytes of ${digest} are not what its digest says.`, {
    advice: 'Pull or pack the ModelKit again.',
    facts: { digest, actual: actualHex },
  });
}
