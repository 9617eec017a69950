import { isModelReference } from '../kitfile/reference.ts';

/** The reference in `model.path` of a config (spec 1.8, 1.9); undefined when the path is one of a file, or there is none. */
export function parentReference(config: Uint8Array): string | undefined {
  const path = modelPath(config);
  return path !== undefined && isModelReference(path) ? path : undefined;
}

function modelPath(config: Uint8Array): string | undefined {
  try {
    const { model } = JSON.parse(Buffer.from(config).toString()) as { model?: { path?: unknown } };
    return typeof model?.path === 'string' ? model.path : undefined;
  } catch {
    return undefined;
  }
}
