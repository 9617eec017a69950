import { throwIfCancelled } from '../errors.ts';
import { bufferRing } from '../store/bufferRing.ts';
import { Breather } from './breather.ts';
import { walkLayer } from './contextWalk.ts';
import type { LayerSource } from './layerSource.ts';
import { StableFile } from './stableFile.ts';
import { BLOCK, padding, tarHeader } from './tarHeader.ts';

export interface TarOptions {
  readonly signal?: AbortSignal;
  /** Bytes of files that are done. */
  readonly onBytes?: (done: number) => void;
}

/** Large enough to be fast, small enough to be in the processor's cache still when it is hashed. */
const CHUNK = 512 * 1024;
/** Files up to this size are read by blocking calls, into a chunk that they share. */
const SMALL = 128 * 1024;

/**
 * The tar of a layer (spec 2.2, 2.3), in chunks that may be overwritten some chunks later.
 * @throws EngineError what walkLayer throws; FILE_CHANGED, FILE_UNREADABLE, CANCELLED
 */
export async function* tarBytes(source: LayerSource, { signal, onBytes }: TarOptions): AsyncGenerator<Buffer> {
  throwIfCancelled(signal);
  const breather = new Breather(signal);
  const chunk = new SharedChunk();
  let done = 0;
  for (const walked of walkLayer(source)) {
    await breather.pause();
    if (walked.kind === 'folder') yield* chunk.add(tarHeader(walked));
    if (walked.kind !== 'file') continue;
    const file = await StableFile.open(`${source.context}/${walked.path}`);
    try {
      yield* chunk.add(tarHeader({ kind: 'file', path: walked.path, mode: file.mode, size: file.size }));
      if (file.size <= SMALL) yield* chunk.fillFrom(file);
      else yield* largeFile(file, chunk, signal, (read) => onBytes?.(done + read));
      file.assertUnchanged();
      done += file.size;
      onBytes?.(done);
    } finally {
      file.close();
    }
  }
  yield* chunk.add(Buffer.alloc(2 * BLOCK));
  yield* chunk.rest();
}

/** Reads the next piece while the last one is used. */
async function* largeFile(
  file: StableFile,
  chunk: SharedChunk,
  signal: AbortSignal | undefined,
  onBytes: (read: number) => void,
): AsyncGenerator<Buffer> {
  yield* chunk.rest();
  const buffers = bufferRing(CHUNK);
  let next = readPiece(file, 0, buffers());
  try {
    for (let position = 0; position < file.size; ) {
      const piece = await next;
      throwIfCancelled(signal);
      position += piece.byteLength;
      if (position < file.size) next = readPiece(file, position, buffers());
      yield piece;
      onBytes(position);
    }
  } finally {
    // The file is closed next, and must not be read any more then.
    await next.catch(() => undefined);
  }
  yield* chunk.add(Buffer.alloc(padding(file.size)));
}

function readPiece(file: StableFile, position: number, buffer: Buffer): Promise<Buffer> {
  const piece = buffer.subarray(0, file.size - position);
  const reading = file.fill(piece, position).then(() => piece);
  // It may fail before anybody waits for it.
  reading.catch(() => undefined);
  return reading;
}

/** Headers and small files, gathered. */
class SharedChunk {
  readonly #buffers = bufferRing(CHUNK);
  #buffer = this.#buffers();
  #used = 0;

  *add(bytes: Buffer): Generator<Buffer> {
    yield* this.#makeRoom(bytes.byteLength);
    bytes.copy(this.#buffer, this.#used);
    this.#used += bytes.byteLength;
  }

  *fillFrom(file: StableFile): Generator<Buffer> {
    const end = file.size + padding(file.size);
    yield* this.#makeRoom(end);
    const room = this.#buffer.subarray(this.#used, this.#used + end);
    file.fillNow(room.subarray(0, file.size));
    room.fill(0, file.size);
    this.#used += end;
  }

  /** What was gathered and not given out. */
  *rest(): Generator<Buffer> {
    if (this.#used === 0) return;
    yield this.#buffer.subarray(0, this.#used);
    this.#buffer = this.#buffers();
    this.#used = 0;
  }

  *#makeRoom(length: number): Generator<Buffer> {
    if (length > CHUNK - this.#used) yield* this.rest();
  }
}
