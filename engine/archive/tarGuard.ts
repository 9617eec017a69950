import { beyond, corrupt, unsafe } from './archiveErrors.ts';
import { decodeName } from './fileName.ts';
import type { ArchiveLimits } from './limits.ts';
import { type PaxRecords, paxRecords, sparse } from './paxRecords.ts';
import { assertChecksum, readNumber, readText } from './tarFields.ts';
import { BLOCK, padding } from './tarHeader.ts';

/** What an entry is, after PAX and GNU records. */
export interface EntryHead {
  /** As in the archive. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly size: number;
  readonly mode: number;
}

type Part = 'header' | 'record' | 'body' | 'end';
const METADATA = new Set(['x', 'g', 'L', 'K']);
/** A long name, a long link and a PAX record, and some to spare. */
const MAX_RECORDS_PER_ENTRY = 4;
const ZEROS = Buffer.alloc(BLOCK);

/**
 * Stands before tar-stream and lets nothing through that two readers could read in two ways (bad-inputs D6-D10): it reads
 * every header itself, strictly, and ends the archive at its first zero block. `heads` are the entries in the order in which
 * tar-stream will report them; names in them are exact, where tar-stream would replace bytes that are no UTF-8.
 */
export class TarGuard {
  readonly heads: EntryHead[] = [];
  readonly #limits: ArchiveLimits;
  readonly #block = Buffer.alloc(BLOCK);
  #filled = 0;
  #part: Part = 'header';
  /** Bytes of the current body or record with its padding that are still to come. */
  #left = 0;
  #record: { readonly type: string; readonly size: number; readonly pieces: Buffer[] } | undefined;
  #pax: PaxRecords | undefined;
  #longName: Buffer | undefined;
  #longLink = false;
  #records = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  /** The same bytes, without what follows the end. @throws EngineError ARCHIVE_CORRUPT, ARCHIVE_UNSAFE, ARCHIVE_LIMIT, FORMAT_UNSUPPORTED */
  async *pass(tar: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of tar) {
      const used = this.#read(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      if (used > 0) yield used === chunk.byteLength ? chunk : chunk.subarray(0, used);
    }
    if (this.#part === 'header' && this.#filled > 0) throw corrupt('it ends inside a header');
    if (this.#part === 'body' || this.#part === 'record') throw corrupt('it ends inside an entry');
    this.#assertNoRecordsLeft();
  }

  /** @returns how many bytes belong to the archive, the first zero block included */
  #read(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.byteLength && this.#part !== 'end') {
      if (this.#part === 'header') at = this.#readHeader(chunk, at);
      else at = this.#readBody(chunk, at);
    }
    return at;
  }

  #readHeader(chunk: Buffer, at: number): number {
    const count = Math.min(BLOCK - this.#filled, chunk.byteLength - at);
    chunk.copy(this.#block, this.#filled, at, at + count);
    this.#filled += count;
    if (this.#filled < BLOCK) return at + count;
    this.#filled = 0;
    if (this.#block.equals(ZEROS)) this.#part = 'end';
    else this.#useHeader(this.#block);
    return at + count;
  }

  #readBody(chunk: Buffer, at: number): number {
    const count = Math.min(this.#left, chunk.byteLength - at);
    this.#record?.pieces.push(Buffer.from(chunk.subarray(at, at + count)));
    this.#left -= count;
    if (this.#left === 0) this.#endBody();
    return at + count;
  }

  #useHeader(block: Buffer): void {
    assertChecksum(block);
    const type = block.toString('latin1', 156, 157);
    const size = readNumber(block, 124, 12);
    if (METADATA.has(type)) this.#startRecord(type, size);
    else this.#useEntry(block, type, size);
  }

  #startRecord(type: string, size: number): void {
    const { entries, recordBytes } = this.#limits;
    this.#records += 1;
    if (this.#records > MAX_RECORDS_PER_ENTRY * entries) throw beyond('entries', 'has too many records', entries);
    if (size > recordBytes) throw beyond('recordBytes', `has a name or record of ${size} bytes`, recordBytes);
    this.#record = { type, size, pieces: [] };
    this.#expect('record', size);
  }

  #useEntry(block: Buffer, type: string, headerSize: number): void {
    const size = this.#pax?.size ?? headerSize;
    const path = decodeName(this.#longName ?? this.#pax?.path ?? headerName(block));
    const kind = entryKind(type, path, size);
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLink = false;
    this.heads.push({ path, kind, size, mode: readNumber(block, 100, 8) });
    this.#expect('body', size);
  }

  #expect(part: Part, size: number): void {
    this.#part = part;
    this.#left = size + padding(size);
    if (this.#left === 0) this.#endBody();
  }

  #endBody(): void {
    this.#part = 'header';
    const record = this.#record;
    this.#record = undefined;
    if (record) this.#useRecord(record.type, Buffer.concat(record.pieces).subarray(0, record.size));
  }

  /** One archive has one reading: no two records may name the same thing (CVE-2025-62518). */
  #useRecord(type: string, body: Buffer): void {
    if (type === 'x') {
      if (this.#pax || this.#longName || this.#longLink) throw corrupt('an entry has two sets of records');
      this.#pax = paxRecords(body);
      return;
    }
    if (type === 'g') {
      if (Object.keys(paxRecords(body)).length > 0) throw corrupt('a global header names a path or size');
      return;
    }
    const repeated = type === 'L' ? this.#longName !== undefined : this.#longLink;
    if (this.#pax || repeated) throw corrupt('an entry has two names');
    if (type === 'L') this.#longName = readText(body, 0, body.byteLength);
    else this.#longLink = true;
  }

  #assertNoRecordsLeft(): void {
    if (this.#pax || this.#longName || this.#longLink) throw corrupt('it ends after a record, without its entry');
  }
}

/** The prefix counts in the ustar format only; GNU keeps times there. */
function headerName(block: Buffer): Buffer {
  const name = readText(block, 0, 100);
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? readText(block, 345, 155) : Buffer.alloc(0);
  return prefix.byteLength > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : Buffer.from(name);
}

/** What kit unpacks, and links, about which the caller decides. @throws EngineError for all else */
function entryKind(type: string, path: string, size: number): EntryHead['kind'] {
  switch (type) {
    case '0':
    case '\0':
      if (!path.endsWith('/')) return 'file';
      if (type === '\0' && size === 0) return 'folder';
      throw corrupt('a file has the name of a folder');
    case '5':
      if (size > 0) throw corrupt('a folder has content');
      return 'folder';
    case '1':
    case '2':
      if (size > 0) throw corrupt('a link has content');
      return 'link';
    case 'S':
      throw sparse();
    default:
      throw unsafe(path, 'it is neither a file nor a folder');
  }
}
