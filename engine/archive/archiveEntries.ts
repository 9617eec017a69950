import type { LayerType } from '../oci/mediaTypes.ts';
import { decompressed } from './decompressed.ts';
import { DEFAULT_ARCHIVE_LIMITS } from './limits.ts';
import { tarEntries } from './tarEntries.ts';

export interface ArchiveEntry {
  /** As in the archive; not checked whether it is safe. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly mode: number;
}

/**
 * What is in a layer, without its content; links are passed over, and a raw layer has no entries.
 * @throws EngineError ARCHIVE_*, FORMAT_UNSUPPORTED, what the content throws
 */
export async function* archiveEntries(
  content: AsyncIterable<Uint8Array>,
  { format, compression }: LayerType,
): AsyncGenerator<ArchiveEntry> {
  if (format === 'raw') return;
  const limits = DEFAULT_ARCHIVE_LIMITS;
  for await (const { path, kind, size, mode } of tarEntries(
    decompressed(content, { compression, size: undefined, limits }),
    limits,
  ))
    if (kind !== 'link') yield { path, kind, size, mode };
}
