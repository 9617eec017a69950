import { createHash } from 'node:crypto';
import { readIgnoreRules } from '../../../../engine/archive/ignoreRules.ts';
import { type LayerFacts, layerContent } from '../../../../engine/archive/layerContent.ts';
import type { LayerSource } from '../../../../engine/archive/layerSource.ts';
import type { LayerKind } from '../../../../engine/oci/mediaTypes.ts';
import { readAll } from '../../../support/blobs.ts';

export async function layerOf(
  context: string,
  path: string,
  others: readonly string[] = [],
  kind: LayerKind = 'model',
): Promise<LayerSource> {
  return { context, path, kind, otherPaths: others, ignore: await readIgnoreRules(context) };
}

export interface PackedLayer extends LayerFacts {
  readonly bytes: Buffer;
  readonly digest: string;
}

export async function packed(
  source: LayerSource,
  compression: 'none' | 'gzip' | 'gzip-fastest' = 'none',
): Promise<PackedLayer> {
  const content = layerContent(source, { compression });
  const bytes = await readAll(content.bytes);
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, ...content.facts() };
}
