import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../../engine/modelkit/engine.ts';
import { manifestBytes } from '../../../engine/modelkit/manifestBytes.ts';
import { type PackResult, pack } from '../../../engine/modelkit/pack.ts';
import { sha256 } from '../../../engine/oci/digest.ts';
import { KITOPS_CONFIG } from '../../../engine/oci/mediaTypes.ts';
import { makeFolder } from '../../support/folder.ts';
import { temporaryHome } from '../../support/localHome.ts';

/** The golden vectors of spec section 12. */
const KITFILE = `manifestVersion: 1.0.0
package:
  name: tiny & <kit>
model:
  name: m
  path: ./model/
code:
  - path: ./
datasets:
  - name: train
    path: data/train.csv
`;

const home = temporaryHome;
let folder: string;
let result: PackResult;

const blob = (digest: string) => readFileSync(join(folder, 'home/storage/blobs/sha256', digest.slice(7)));
const partsOf = ({ configDigest, layers }: PackResult) => ({
  config: { mediaType: KITOPS_CONFIG, digest: configDigest, size: blob(configDigest).byteLength },
  layers: layers.map(({ mediaType, digest, size, path }) => ({ mediaType, digest, size, path })),
});

describe('the golden folder', () => {
  folder = home();

  beforeEach(async () => {
    makeFolder(join(folder, 'context'), {
      'model/a.bin': { type: 'file', text: 'hello' },
      'model/sub/empty.bin': { type: 'file', text: '' },
      'data/train.csv': { type: 'file', text: 'x,y\n1,2\n' },
      'data/readme.txt': { type: 'file', text: 'note\n' },
      'docs-empty': { type: 'dir' },
      'run.sh': { type: 'file', text: '#!/bin/sh\n', mode: '0755' },
      Kitfile: { type: 'file', text: KITFILE },
    });
    result = await pack(openEngine({ home: join(folder, 'home') }), join(folder, 'context'), { cliVersion: 'x' });
  });

  it('packs to the golden layers, config and manifests', () => {
    expect(result.layers.map(({ digest, size }) => [digest.slice(7), size])).toEqual([
      ['54388348c8a100fbe35e933bb32ddc8d1fe7add9581f9c3e754aa6d7135fff77', 3584],
      ['33e67aabd651b20b31152229b47f613c0abfc2dbd6c60c08dc98bd2c0713e95d', 4096],
      ['b0a5830bffa8701b628fb74b3129723b121527a44f6a91f4d98da60bcc984b4f', 2560],
    ]);
    expect(result.configDigest).toBe('sha256:d9442683ad290fb4de5524fce54f6b6bea14225e8bcc7ebbfc72e756becc0e46');
    const old = manifestBytes({ ...partsOf(result), cliVersion: '1.7.0' }, 'kit-1.7');
    expect(sha256(old)).toBe('sha256:2fc0941cee3419e019659284d70815286b0b9a24acff86d4dce595efc08d6bad');
    const newest = manifestBytes({ ...partsOf(result), cliVersion: '1.16.0', created: '1980-01-01T00:00:00Z' });
    expect(sha256(newest)).toBe('sha256:494141d038d8b3db7369a0d0a0ca11b0a7fdcf66320794b669b521edf33383d3');
  });
});

describe('an empty kit', () => {
  it('has null for its layers, as with kit', () => {
    const digest = 'sha256:95802fea04c1493e7c2af5d5c707529ca930a7fbce50286e58f157c12e4ece80';
    const config = { mediaType: KITOPS_CONFIG, digest, size: 50 };
    expect(sha256(manifestBytes({ config, layers: [], cliVersion: '1.7.0' }, 'kit-1.7'))).toBe(
      'sha256:491b9337d8f9695ba6c49c1707024f6f91dfadd4c10bc810f2939b127d94a6b1',
    );
  });
});
