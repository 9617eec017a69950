import { Extraction, type ExtractionOptions } from '../../../../engine/archive/extraction.ts';
import type { LayerExtraction } from '../../../../engine/archive/layerExtraction.ts';
import { inPieces } from './tars.ts';

const LAYER: LayerExtraction = {
  type: { kind: 'model', format: 'tar', compression: 'none' },
  label: 'model layer m',
  size: 1_000_000,
};

export function into(target: string, options: Partial<ExtractionOptions> = {}): Extraction {
  return new Extraction({ target, overwrite: false, ignoreExisting: false, links: 'refuse', ...options });
}

/** Unpacks these layers and finishes; on failure aborts, as the verb does. */
export async function unpack(
  target: string,
  layers: readonly (Uint8Array | AsyncIterable<Uint8Array>)[],
  options: Partial<ExtractionOptions> = {},
  layer: Partial<LayerExtraction> = {},
): Promise<{ files: number; bytes: number; skipped: number }> {
  const extraction = into(target, options);
  try {
    for (const [index, content] of layers.entries()) {
      const bytes = content instanceof Uint8Array ? inPieces(content) : content;
      await extraction.layer(bytes, { ...LAYER, label: `layer ${index + 1}`, ...layer });
    }
    return await extraction.finish();
  } catch (error) {
    await extraction.abort();
    throw error;
  }
}

export function layerLike(layer: Partial<LayerExtraction> = {}): LayerExtraction {
  return { ...LAYER, ...layer };
}
