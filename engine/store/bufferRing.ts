/** A reader is at most three pieces ahead of a socket: one is sent, one waits in the stream, one is being read. */
const BUFFERS = 8;

/**
 * Gives out the same few buffers in turn, so that content of any size takes as little memory as a small one: of new
 * buffers V8 lets some 64 MB pile up before it frees them. A piece may be overwritten some pieces later.
 * @param bytes size of each buffer
 */
export function bufferRing(bytes: number): () => Buffer {
  const buffers: Buffer[] = [];
  let turn = 0;
  return () => {
    const at = turn++ % BUFFERS;
    buffers[at] ??= Buffer.allocUnsafeSlow(bytes);
    return buffers[at];
  };
}
