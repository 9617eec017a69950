import type { Descriptor } from '../oci/descriptor.ts';
import { ANNOTATION_FILE_METADATA, ANNOTATION_FILEPATH } from '../oci/mediaTypes.ts';

const DEFAULT_MODE = 0o644;

/** Where the file of a raw layer goes, and its mode: from its annotations, else as the Kitfile says (spec 2.7). */
export function rawFile({ annotations = {} }: Descriptor, entryPath: string): { path: string; mode: number } {
  const path = annotations[ANNOTATION_FILEPATH] ?? annotations['org.cnai.model.filepath'] ?? entryPath;
  return { path, mode: modeOf(annotations[ANNOTATION_FILE_METADATA]) };
}

/** Metadata that cannot be read says nothing. */
function modeOf(metadata: string | undefined): number {
  try {
    const { mode } = JSON.parse(metadata ?? '{}') as { mode?: unknown };
    return typeof mode === 'number' && Number.isSafeInteger(mode) ? mode & 0o777 : DEFAULT_MODE;
  } catch {
    return DEFAULT_MODE;
  }
}
