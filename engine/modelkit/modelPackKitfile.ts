import { EngineError } from '../errors.ts';
import type { Kitfile, LayerDigests } from '../kitfile/model.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Manifest } from '../oci/manifest.ts';
import { ANNOTATION_FILEPATH, type LayerKind, parseLayerType } from '../oci/mediaTypes.ts';

interface Found extends LayerDigests {
  readonly kind: LayerKind;
  readonly path: string;
}

/**
 * A Kitfile for a ModelPack that has none, made of its layers: the first weight is the model, further weights and their
 * configs are parts, the rest goes by kind (spec 9.3).
 * @throws EngineError MANIFEST_INVALID for a layer that does not say where it belongs
 */
export function modelPackKitfile(manifest: Manifest): Kitfile {
  const found = manifest.layers.map(foundLayer);
  const [model, ...weights] = found.filter(({ kind }) => kind === 'model');
  const parts = [...weights, ...of('modelpart', found)].map(located);
  return {
    manifestVersion: '1.0.0',
    package: {},
    ...(model || parts.length > 0
      ? { model: { ...(model && located(model)), ...(parts.length > 0 ? { parts } : {}) } }
      : {}),
    ...section('code', of('code', found)),
    ...section('datasets', of('dataset', found)),
    ...section('docs', of('docs', found)),
    ...section('prompts', of('prompt', found)),
  };
}

function foundLayer(layer: Descriptor): Found {
  const type = parseLayerType(layer.mediaType, layer.annotations);
  const path = layer.annotations?.[ANNOTATION_FILEPATH] ?? layer.annotations?.['org.cnai.model.filepath'];
  if (type && path !== undefined && path !== '') return { kind: type.kind, path, digest: layer.digest };
  throw new EngineError('MANIFEST_INVALID', `unknown file path for layer ${layer.digest}`, {
    advice: 'The ModelPack has no Kitfile and does not say where its files belong: pack it again.',
    facts: { digest: layer.digest },
  });
}

function of(wanted: LayerKind, found: readonly Found[]): readonly Found[] {
  return found.filter(({ kind }) => kind === wanted);
}

function located({ path, digest }: Found): { path: string; digest?: string } {
  return { path, ...(digest === undefined ? {} : { digest }) };
}

function section<Name extends string>(name: Name, found: readonly Found[]) {
  return found.length > 0 ? { [name]: found.map(located) } : {};
}
