import type { Descriptor } from '../oci/descriptor.ts';
import { digestHex } from '../oci/digest.ts';
import { parseLayerType } from '../oci/mediaTypes.ts';
import type { CopyOptions } from '../store/copy.ts';
import type { Call } from './call.ts';

/** What a transfer came to. */
export interface TransferCount {
  /** Bytes that were sent or received, each once. */
  bytes: number;
  /** Blobs that were sent or received. */
  moved: number;
  /** Blobs and manifests that were there already. */
  skipped: number;
}

/** Hooks for copy that report bytes per blob, and count. */
export function transferEvents(
  { onEvent }: Call,
  count: TransferCount,
): Pick<CopyOptions, 'onNode' | 'onBytes' | 'onSkip'> {
  const report = (node: Descriptor, done: number) =>
    onEvent?.({ type: 'progress', key: node.digest, label: labelOf(node), done, total: node.size });
  return {
    onNode(node) {
      count.moved += 1;
      count.bytes += node.size;
      report(node, 0);
    },
    onBytes: report,
    onSkip(node) {
      count.skipped += 1;
      report(node, node.size);
    },
  };
}

/** Such as `model 3f2a90b1`. */
export function labelOf(node: Descriptor): string {
  return `${kindOf(node)} ${digestHex(node.digest).slice(0, 8)}`;
}

function kindOf({ mediaType, annotations }: Descriptor): string {
  const layer = parseLayerType(mediaType, annotations);
  if (layer) return layer.kind;
  if (/config/.test(mediaType)) return 'config';
  return /manifest/.test(mediaType) ? 'manifest' : 'layer';
}
