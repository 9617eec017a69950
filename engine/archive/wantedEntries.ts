import { EngineError, type WarningCode } from '../errors.ts';
import { unsafe } from './archiveErrors.ts';
import { archivePath } from './archivePath.ts';
import { decompressed } from './decompressed.ts';
import { shownName } from './fileName.ts';
import type { LayerExtraction } from './layerExtraction.ts';
import type { ArchiveLimits } from './limits.ts';
import { tarEntries } from './tarEntries.ts';

/** Something to unpack, at a path that is safe. */
export interface WantedEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly mode: number;
  /** Undefined for a compressed raw layer: only its end tells. */
  readonly size: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface WantedOptions {
  readonly limits: ArchiveLimits;
  readonly links: 'refuse' | 'skip';
  readonly onWarning?: (code: WarningCode, message: string) => void;
}

const SHOWN = 10;
/** Without setuid, setgid and sticky (bad-inputs D5). */
const PERMISSIONS = 0o777;

/** What of a layer is to be unpacked. @throws EngineError ARCHIVE_*, FORMAT_UNSUPPORTED, what the content throws */
export async function* wantedEntries(
  content: AsyncIterable<Uint8Array>,
  layer: LayerExtraction,
  options: WantedOptions,
): AsyncGenerator<WantedEntry> {
  const { type, size, onBytes } = layer;
  const counted = onBytes ? reporting(content, onBytes) : content;
  const bytes = decompressed(counted, { compression: type.compression, size, limits: options.limits });
  if (type.format === 'raw') yield* rawEntry(bytes, layer, options);
  else yield* tarredEntries(bytes, layer, options);
}

async function* rawEntry(
  body: AsyncIterable<Uint8Array>,
  { rawFile, type, size, include, label }: LayerExtraction,
  { limits }: WantedOptions,
): AsyncGenerator<WantedEntry> {
  if (!rawFile)
    throw new EngineError('FORMAT_UNSUPPORTED', `The ${label} is one file, but it does not say which.`, {
      advice: 'Ask who packed it to pack it again.',
    });
  const path = archivePath(rawFile.path, limits);
  const known = type.compression === 'none' ? size : undefined;
  if (!include || include(path)) yield { path, kind: 'file', mode: rawFile.mode & PERMISSIONS, size: known, body };
  // What is not wanted is read all the same: its end tells whether it was right.
  else for await (const _ of body);
}

async function* tarredEntries(
  tar: AsyncIterable<Uint8Array>,
  { include, below, label }: LayerExtraction,
  { limits, links, onWarning }: WantedOptions,
): AsyncGenerator<WantedEntry> {
  const skipped = new SkippedLinks();
  for await (const entry of tarEntries(tar, limits)) {
    const { kind, mode, size, body } = entry;
    const path = archivePath(below === undefined ? entry.path : `${below}/${entry.path}`, limits);
    if (kind === 'link') {
      if (links === 'refuse') throw unsafe(entry.path, 'it is a link');
      skipped.add(path);
    } else if (kind === 'folder') {
      if (!include && path !== '.') yield { path, kind, mode: mode & PERMISSIONS, size, body };
    } else {
      if (path === '.') throw unsafe(entry.path, 'it has the name of the target folder');
      if (!include || include(path)) yield { path, kind, mode: mode & PERMISSIONS, size, body };
    }
  }
  const message = skipped.message(label);
  if (message !== undefined) onWarning?.('FILE_SKIPPED', message);
}

class SkippedLinks {
  readonly #shown: string[] = [];
  #count = 0;

  add(path: string): void {
    this.#count += 1;
    if (this.#shown.length < SHOWN) this.#shown.push(shownName(path));
  }

  message(label: string): string | undefined {
    if (this.#count === 0) return undefined;
    const more = this.#count - this.#shown.length;
    return `Links in the ${label} are left out: ${this.#shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`;
  }
}

async function* reporting(
  content: AsyncIterable<Uint8Array>,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of content) {
    yield chunk;
    done += chunk.byteLength;
    onBytes(done);
  }
}
