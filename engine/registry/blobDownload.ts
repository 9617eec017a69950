import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { EngineError, isEngineError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { BlobStream } from '../store/store.ts';
import { contentEncoding, encodingRefused, type HttpResponse } from './httpResponse.ts';
import type { RegistryClient } from './registryClient.ts';
import { protocolError } from './registryErrors.ts';
import type { RepositoryAddress } from './repositoryAddress.ts';
import { Tries } from './retry.ts';

interface Download {
  readonly client: RegistryClient;
  readonly address: RepositoryAddress;
  readonly node: Descriptor;
  readonly signal: AbortSignal | undefined;
}

/** How far a download has come, and what the registry turned out to be able to do. */
interface Progress {
  at: number;
  ranges: boolean;
  shortOnce: boolean;
}

/**
 * Opens a blob from an offset on; the first answer is here when the promise resolves. A lost connection is taken up again
 * with `Range` where it broke off, an answer without ranges by passing over what was there already (bad-inputs C14-C21).
 * The bytes are not yet checked against the digest; there are never more than the descriptor says.
 */
export async function downloadBlob(download: Download, offset: number): Promise<BlobStream> {
  const progress: Progress = { at: offset, ranges: true, shortOnce: false };
  const tries = new Tries(download.client.patience(download.signal));
  const first = await opened(download, progress, tries);
  return resumed(download, progress, tries, first);
}

async function* resumed(download: Download, progress: Progress, tries: Tries, first: BlobStream): BlobStream {
  const { node } = download;
  let part = first;
  while (true) {
    try {
      for await (const chunk of part) {
        if (progress.at + chunk.byteLength > node.size) throw sizeMismatch(node, 'more');
        progress.at += chunk.byteLength;
        tries.progressed(progress.at);
        yield chunk;
      }
      if (progress.at === node.size) return;
      if (progress.shortOnce) throw sizeMismatch(node, 'fewer');
      progress.shortOnce = true;
    } catch (error) {
      await tries.next(error);
    }
    part = await opened(download, progress, tries);
  }
}

/** Sends the request until there is an answer that fits. */
async function opened(download: Download, progress: Progress, tries: Tries): Promise<BlobStream> {
  while (true) {
    try {
      const part = await requestPart(download, progress);
      if (part) return part;
      progress.ranges = false;
    } catch (error) {
      await tries.next(storageRefused(error, download.client) ?? error);
    }
  }
}

/** @returns undefined when the answer to a range request cannot be used: the whole blob is to be asked for */
async function requestPart(download: Download, { at, ranges }: Progress): Promise<BlobStream | undefined> {
  const { client, address, node, signal } = download;
  const ranged = ranges && at > 0;
  const response = await client.send({
    method: 'GET',
    to: address.blob(node.digest),
    scopes: address.pull,
    accept: ranged ? [200, 206, 416] : [200],
    doing: `download the blob ${node.digest}`,
    headers: ranged ? { range: `bytes=${at}-` } : {},
    retry: false,
    ...(signal ? { signal } : {}),
  });
  if (response.status === 200) return skip(decoded(response), at);
  if (response.status === 206 && startsAt(response, at, node.size)) return response.body;
  await response.discard();
  return undefined;
}

function startsAt(response: HttpResponse, at: number, size: number): boolean {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.header('content-range') ?? '');
  const total = match?.[2] === '*' ? size : Number(match?.[2]);
  return Number(match?.[1]) === at && total === size && contentEncoding(response) === '';
}

/** Undoes a compression that we did not ask for (C17); the reader stops at the size of the descriptor. */
function decoded(response: HttpResponse): BlobStream {
  const encoding = contentEncoding(response);
  switch (encoding) {
    case '':
      return response.body;
    case 'gzip':
    case 'x-gzip':
      return decompressed(response, createGunzip());
    case 'deflate':
      return decompressed(response, createInflate());
    case 'br':
      return decompressed(response, createBrotliDecompress());
    default:
      throw encodingRefused(response.url, encoding);
  }
}

async function* decompressed(response: HttpResponse, decoder: Transform): BlobStream {
  // A failure of either end destroys the decoder, and so reaches the loop below.
  pipeline(Readable.from(response.body, { objectMode: false }), decoder, () => undefined);
  try {
    yield* decoder;
  } catch (error) {
    if (isEngineError(error)) throw error;
    throw protocolError(response.url.host, 'it sends a compressed answer that is broken');
  }
}

async function* skip(stream: BlobStream, count: number): BlobStream {
  let left = count;
  for await (const chunk of stream) {
    const cut = Math.min(left, chunk.byteLength);
    left -= cut;
    if (cut < chunk.byteLength) yield cut === 0 ? chunk : chunk.subarray(cut);
  }
}

/** A signed address of a storage behind the registry may expire: asking the registry again gives a new one (C21). */
function storageRefused(error: unknown, client: RegistryClient): EngineError | undefined {
  if (!isEngineError(error) || error.code !== 'REGISTRY_DENIED' || error.facts.host === client.origin.host)
    return undefined;
  return new EngineError(
    'REGISTRY_UNAVAILABLE',
    `The storage ${error.facts.host} behind ${client.host} refuses the download.`,
    {
      advice: 'Try again; check the clock of this machine.',
      facts: { host: client.host, status: 403 },
      cause: error,
    },
  );
}

function sizeMismatch(node: Descriptor, what: 'more' | 'fewer'): EngineError {
  return new EngineError(
    'BLOB_SIZE_MISMATCH',
    `The registry sends ${what} than the ${node.size} bytes of ${node.digest}.`,
    {
      advice: 'Nothing was kept. Push the ModelKit again, or tell the operator of the registry.',
      facts: { digest: node.digest, size: node.size },
    },
  );
}
