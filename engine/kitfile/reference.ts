import { parseReference } from '../oci/reference.ts';

/** True for a path that kit takes for a reference to a ModelKit: it has `:` or `@`, and is one (spec 1.8). */
export function isModelReference(path: string): boolean {
  if (!/[:@]/.test(path)) return false;
  try {
    parseReference(path);
    return true;
  } catch {
    return false;
  }
}
