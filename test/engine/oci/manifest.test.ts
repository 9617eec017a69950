import { describe, expect, it } from 'vitest';
import { assertModelKit, isModelKit, parseManifest } from '../../../engine/oci/manifest.ts';
import { smallKit } from '../../support/blobs.ts';

const good = JSON.parse(smallKit().manifest.toString());
const parse = (value: unknown) => parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('a manifest', () => {
  it('of a ModelKit is read', () => {
    const manifest = parse(good);
    expect(manifest.layers).toHaveLength(1);
    expect(isModelKit(manifest)).toBe(true);
  });

  it('may have no layers at all', () => {
    expect(parse({ ...good, layers: null }).layers).toEqual([]);
  });

  it('keeps its annotations, and drops what is dangerous', () => {
    const layer = { ...good.layers[0], urls: ['http://x'], data: 'aaaa', annotations: { a: 'b' } };
    const [parsed] = parse({ ...good, layers: [layer], annotations: { c: 'd' } }).layers;
    expect(parsed).toEqual({ ...good.layers[0], annotations: { a: 'b' } });
  });

  it.each([
    'not json',
    '[]',
    'null',
    { ...good, schemaVersion: 1 },
    { ...good, config: null },
    { ...good, layers: {} },
    { ...good, layers: [{ ...good.layers[0], size: -1 }] },
    { ...good, layers: [{ ...good.layers[0], size: 1.5 }] },
    { ...good, layers: [{ ...good.layers[0], size: 2 ** 60 }] },
    { ...good, layers: [{ ...good.layers[0], digest: 'sha256:12' }] },
    { ...good, layers: Array.from({ length: 10_001 }, () => good.layers[0]) },
  ])('that is malformed is refused (%#)', (value) => {
    expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'MANIFEST_INVALID' }));
  });

  it('of more than 4 MiB is refused', () => {
    expect(() => parse(' '.repeat(4 * 1024 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'METADATA_TOO_LARGE' }),
    );
  });

  it('that is an index is refused', () => {
    expect(() => parse({ schemaVersion: 2, manifests: [] })).toThrow(
      expect.objectContaining({ code: 'NOT_A_MODELKIT' }),
    );
  });
});

describe('an artifact of another kind', () => {
  it.each([
    ['application/vnd.oci.image.config.v1+json', 'a container image'],
    ['application/vnd.cncf.helm.config.v1+json', 'a Helm chart'],
    ['application/vnd.dev.cosign.simplesigning.v1+json', 'a signature'],
    ['application/x-other', 'application/x-other'],
  ])('with the config %s is called %s', (mediaType, kind) => {
    const manifest = parse({ ...good, config: { ...good.config, mediaType } });
    expect(() => assertModelKit(manifest, 'r.io/m:v1')).toThrow(
      expect.objectContaining({ code: 'NOT_A_MODELKIT', message: expect.stringContaining(kind) }),
    );
  });
});
