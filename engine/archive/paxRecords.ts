import { EngineError } from '../errors.ts';
import { corrupt } from './archiveErrors.ts';

/** The PAX records that decide how an archive is read. */
export interface PaxRecords {
  readonly path?: Buffer;
  readonly linkpath?: Buffer;
  readonly size?: number;
}

const DECISIVE = new Set(['path', 'linkpath', 'size']);

/** Reads `LEN key=value\n` records. @throws EngineError ARCHIVE_CORRUPT for a broken or repeated one, FORMAT_UNSUPPORTED */
export function paxRecords(body: Buffer): PaxRecords {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < body.byteLength; ) {
    const { key, value, end } = paxRecord(body, at);
    at = end;
    if (key.startsWith('GNU.sparse.')) throw sparse();
    if (!DECISIVE.has(key)) continue;
    if (found.has(key)) throw corrupt(`the record "${key}" is there twice`);
    found.set(key, value);
  }
  const path = named(found, 'path');
  const linkpath = named(found, 'linkpath');
  const size = paxSize(found.get('size'));
  return { ...(path ? { path } : {}), ...(linkpath ? { linkpath } : {}), ...(size === undefined ? {} : { size }) };
}

function paxRecord(
  body: Buffer,
  start: number,
): { readonly key: string; readonly value: Buffer; readonly end: number } {
  const blank = body.indexOf(0x20, start);
  const digits = blank === -1 ? '' : body.toString('latin1', start, Math.min(blank, start + 20));
  const end = start + Number(digits);
  const equals = body.indexOf(0x3d, blank);
  const right = /^[1-9]\d{0,9}$/.test(digits) && equals > blank + 1 && equals < end - 1;
  if (!right || end > body.byteLength || body[end - 1] !== 0x0a) throw corrupt('a PAX record is malformed');
  return { key: body.toString('utf8', blank + 1, equals), value: body.subarray(equals + 1, end - 1), end };
}

/** An empty value means "as in the header". */
function named(found: ReadonlyMap<string, Buffer>, key: string): Buffer | undefined {
  const value = found.get(key);
  if (value?.includes(0)) throw corrupt(`the record "${key}" has a NUL`);
  return value?.byteLength ? value : undefined;
}

function paxSize(value: Buffer | undefined): number | undefined {
  if (!value?.byteLength) return undefined;
  const digits = value.toString('latin1');
  const size = Number(digits);
  if (!/^\d{1,16}$/.test(digits) || !Number.isSafeInteger(size)) throw corrupt('a PAX record has a size that is none');
  return size;
}

export function sparse(): EngineError {
  return new EngineError('FORMAT_UNSUPPORTED', 'The layer holds a sparse file, which is not supported.', {
    advice: 'Ask who packed it to pack it with kit or with this program.',
  });
}
