import { describe, expect, it } from 'vitest';
import { CheckedContent, verified } from '../../../engine/store/verify.ts';
import { descriptorOf, noise, opener, readAll } from '../../support/blobs.ts';

const bytes = noise(5000);
const node = descriptorOf(bytes);
const pieces = (content: Buffer, piece?: number) => opener(content, piece)(0);

describe('a stream that is verified', () => {
  it.each([1, 7, 977, 5000])('passes right bytes in pieces of %i on', async (piece) => {
    expect(await readAll(verified(await pieces(bytes, piece), node))).toEqual(bytes);
  });

  it('passes an empty blob', async () => {
    const empty = Buffer.alloc(0);
    expect(await readAll(verified(await pieces(empty), descriptorOf(empty)))).toEqual(empty);
  });

  it('fails when bytes are missing', async () => {
    const reading = readAll(verified(await pieces(bytes.subarray(1)), node));
    await expect(reading).rejects.toMatchObject({
      code: 'BLOB_SIZE_MISMATCH',
      facts: { expected: 5000, actual: 4999 },
    });
  });

  it('stops at the first byte too many', async () => {
    const seen: number[] = [];
    const reading = async () => {
      for await (const chunk of verified(endless(), node)) seen.push(chunk.length);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'BLOB_SIZE_MISMATCH' });
    expect(seen).toEqual([3000]);
  });

  it('fails at the end when one byte is wrong', async () => {
    const wrong = Buffer.from(bytes);
    wrong[17] = 255 - (wrong[17] ?? 0);
    await expect(readAll(verified(await pieces(wrong), node))).rejects.toMatchObject({ code: 'BLOB_DIGEST_MISMATCH' });
  });

  it('ends when it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const reading = readAll(verified(await pieces(bytes), node, abort.signal));
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('refuses an algorithm that we cannot check', async () => {
    const reading = readAll(verified(await pieces(bytes), { ...node, digest: 'md5:abc' }));
    await expect(reading).rejects.toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
  });
});

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield noise(3000);
}

describe('content whose reader stops early', () => {
  const damaged = Buffer.from(bytes).fill(0, 10, 20);

  it.each([
    ['right', bytes, undefined],
    ['wrong', damaged, 'BLOB_DIGEST_MISMATCH'],
    ['missing', bytes.subarray(5), 'BLOB_SIZE_MISMATCH'],
  ])('still tells that its bytes are %s', async (_, content, code) => {
    const checked = new CheckedContent(await pieces(content), node);
    for await (const chunk of checked.bytes()) if (chunk.length > 0) break;
    const rest = await checked.rest().catch((error) => error.code);
    expect(rest).toBe(code);
  });
});
